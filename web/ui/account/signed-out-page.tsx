import type { SignedOutWhy } from '../../identity/session-state.ts'
import type { Catalogue } from '../../text/catalogue.ts'
import { Eye } from '../icons.tsx'

interface SignedOutPageProps {
  readonly text: Catalogue
  readonly why: SignedOutWhy
  /** The page was opened to pair a device. */
  readonly pairing: boolean
  readonly signIn: () => void
}

export function SignedOutPage({ text, why, pairing, signIn }: SignedOutPageProps) {
  const words = pairing ? text.pair.signInFirst : text.session.signedOut[why]
  return (
    <section class="message welcome">
      <Eye open />
      <div role="status">
        <h2>{words.what}</h2>
        <p>{words.advice}</p>
      </div>
      <button type="button" class="strong large" onClick={signIn}>
        {text.session.signIn}
      </button>
      {why === 'fresh' && !pairing && <p class="about">{text.session.about}</p>}
    </section>
  )
}
