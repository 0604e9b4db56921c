import type { CredentialAnswer, CredentialSource } from '../link/credential.ts'

export const FRESH: CredentialAnswer = {
  kind: 'credential',
  credential: { kind: 'bearer', token: 'fresh' },
}

/** Answers at once with what a test says, until it is told to hold its answers back. */
export function scriptedCredentials() {
  const asked: { readonly renew: boolean }[] = []
  const refusals: string[] = []
  const held: (() => void)[] = []
  let next = FRESH
  let holding = false
  const source: CredentialSource = {
    get(renew, answer) {
      asked.push({ renew })
      const given = next
      if (holding) held.push(() => answer(given))
      else answer(given)
    },
    refused: (code) => refusals.push(code),
  }
  return {
    ...source,
    asked,
    refusals,
    script(answer: CredentialAnswer) {
      next = answer
    },
    hold(now: boolean) {
      holding = now
      if (!now) for (const answer of held.splice(0)) answer()
    },
  }
}
