/** What no log above debug may hold, by what it looks like. */
const FORMS: readonly (readonly [what: string, form: RegExp])[] = [
  ['a token', /\beyJ[\w-]{8,}\.[\w-]{4,}/],
  ['a credential', /\b(?:bearer|device|guest)\.[\w-]{20,}/],
  ['an SDP', /v=0(?:\\[rn]|[\r\n])|a=(?:fingerprint|ice-ufrag|ice-pwd|setup|mid)/],
  ['a candidate', /candidate:\S+ \d+ (?:udp|tcp)|[\da-f-]{36}\.local\b/i],
  ['an e-mail address', /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/],
  // Of a service or a camera it stands in a URL; of a person it does not.
  ['an IP address', /(?<![\w.]|:\/\/)\d{1,3}(?:\.\d{1,3}){3}(?![\w.])/],
  ['an IP address', /(?<![\w:[])(?:::1|::ffff:|(?:[\da-f]{1,4}:){5,7}[\da-f]{1,4})(?![\w:])/i],
  ['the secret of a link', /#(?:pair|guest)=[\w-]+|\/enter#[\w-]+/],
]

/** What of this a line gives away; `known` are secrets that were used. */
export function findSecrets(line: string, known: readonly string[]): readonly string[] {
  const byForm = FORMS.flatMap(([what, form]) => {
    const found = form.exec(line)?.[0]
    return found === undefined ? [] : [`${what}: ${found.slice(0, 12)}…`]
  })
  const used = known
    .filter((secret) => line.includes(secret))
    .map((secret) => `a secret: ${secret.slice(0, 4)}…`)
  return [...byForm, ...used]
}
