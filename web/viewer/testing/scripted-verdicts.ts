import type { SignedOffer, Verdict, VerifyOffer } from '../call/verify-offer.ts'

/** Takes every offer for genuine at once, unless a test says otherwise. */
export function scriptedVerdicts() {
  const offers: SignedOffer[] = []
  const held: ((verdict: Verdict) => void)[] = []
  let verify: VerifyOffer = (_offer, report) => report({ kind: 'genuine' })
  return {
    offers,
    verifyOffer: ((offer, report) => {
      offers.push(offer)
      verify(offer, report)
    }) satisfies VerifyOffer,
    use(other: VerifyOffer) {
      verify = other
    },
    trust() {
      verify = (_offer, report) => report({ kind: 'genuine' })
    },
    hold() {
      verify = (_offer, report) => held.push(report)
    },
    giveFirst(verdict: Verdict) {
      held.shift()?.(verdict)
    },
    /** Of all that is held. */
    give(verdict: Verdict) {
      for (const report of held.splice(0)) report(verdict)
    },
  }
}
