/** Groups are left out where it has `::`. It has a digit; the names of modules, and ARNs, need none or go on. */
const SHORT_IPV6 =
  /(?<![\w:-]|:\/\/\[)(?=[a-f:]*\d)(?:[\da-f]{1,4}(?::[\da-f]{1,4})*)?::(?:[\da-f]{1,4}(?::[\da-f]{1,4})*)?(?!\w|:\w)/i

/** What no log above debug may hold, by what it looks like. */
const FORMS: readonly (readonly [what: string, form: RegExp])[] = [
  ['a token', /\beyJ[\w-]{8,}\.[\w-]{4,}/],
  ['a credential', /\b(?:bearer|device|guest)\.[\w-]{20,}/],
  ['an SDP', /v=0(?:\\[rn]|[\r\n])|a=(?:fingerprint|ice-ufrag|ice-pwd|setup|mid)/],
  ['a candidate', /candidate:\S+ \d+ (?:udp|tcp)|[\da-f-]{36}\.local\b/i],
  // Without a dot too. A package's version ends with a number.
  ['an e-mail address', /[\w.+-]+(?:@|%40)(?:[\w-]+\.)*[a-z][\w-]*/i],
  // Of a service or a camera it stands in a URL; of a person it does not.
  ['an IP address', /(?<![\w.]|:\/\/)\d{1,3}(?:\.\d{1,3}){3}(?!\w|\.\w)/],
  ['an IP address', /(?<![\w:]|:\/\/\[)(?:[\da-f]{1,4}:){5,7}[\da-f]{1,4}(?!\w|:\w)/i],
  ['an IP address', SHORT_IPV6],
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
