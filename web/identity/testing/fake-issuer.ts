import type { HeldToken, Issuer, Renewal } from '../issuer.ts'

export const MINUTE_MS = 60_000

/** Its tokens are good for an hour; what it does besides, a test says. */
export function fakeIssuer(now: () => number) {
  let stored: HeldToken | null = null
  let tokens = 0
  let renewal: 'held' | 'refused' | 'unreachable' = 'held'
  let finish: Renewal['kind'] = 'held'
  let leaving: 'leaving' | 'refused' | 'unreachable' = 'leaving'
  let signsOut: 'leaving' | 'stays' = 'leaving'
  let pause: Promise<void> = Promise.resolve()
  const said: string[] = []

  function fresh(minutes = 60): HeldToken {
    tokens += 1
    stored = { token: `token ${tokens}`, goodUntil: now() + minutes * MINUTE_MS, name: 'ann@example.org' }
    return stored
  }

  async function answer(kind: Renewal['kind']): Promise<Renewal> {
    await pause
    return kind === 'held' ? { kind, held: fresh() } : { kind }
  }

  const issuer: Issuer = {
    stored: () => stored,
    renew(outdated) {
      said.push(`renew ${outdated}`)
      return answer(renewal)
    },
    finishSignIn(address) {
      said.push(`finish ${address}`)
      return answer(finish)
    },
    async signIn(again) {
      said.push(again ? 'sign in again' : 'sign in')
      return leaving
    },
    async signOut() {
      stored = null
      said.push('sign out')
      return signsOut
    },
    forget() {
      stored = null
    },
  }
  return {
    issuer,
    said,
    give: fresh,
    /** As another tab does. */
    take() {
      stored = null
    },
    holds: () => stored !== null,
    renews: (kind: Renewal['kind']) => (renewal = kind),
    finishes: (kind: Renewal['kind']) => (finish = kind),
    lets: (outcome: typeof leaving) => (leaving = outcome),
    endsSessions: (outcome: typeof signsOut) => (signsOut = outcome),
    /** Its answers wait until the returned function is called. */
    slow(): () => void {
      const { promise, resolve } = Promise.withResolvers<void>()
      pause = promise
      return resolve
    },
  }
}
