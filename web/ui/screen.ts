import type { SessionFailure, SessionState, SignedOutWhy } from '../identity/session-state.ts'
import type { Visit } from '../identity/visit.ts'
import type { Settings } from '../page.ts'
import { assertNever } from '../viewer/assert-never.ts'
import type { LinkState } from '../viewer/link/link-state.ts'
import type { ViewerSnapshot } from '../viewer/viewer-snapshot.ts'

/** What the whole page is about. Exactly one of these is shown. */
export type Screen =
  | { readonly kind: 'settings-missing' | 'settings-unreachable' | 'checking' | 'redirecting' | 'connecting' }
  | { readonly kind: 'cameras' }
  | { readonly kind: 'signed-out'; readonly why: SignedOutWhy; readonly pairing: boolean }
  | { readonly kind: 'sign-in-failed'; readonly why: SessionFailure }
  | { readonly kind: 'refused'; readonly code: string; readonly guest: boolean }
  | { readonly kind: 'pair'; readonly device: string; readonly code: string; readonly owner: boolean }
  | { readonly kind: 'no-camera'; readonly who: 'owner' | 'person' | 'guest' }

export interface ScreenFacts {
  readonly settings: Settings
  readonly session: SessionState
  readonly visit: Visit
  readonly snapshot: ViewerSnapshot
  /** How many cameras there are to show. */
  readonly shown: number
}

export function screenOf({ settings, session, visit, snapshot, shown }: ScreenFacts): Screen {
  if (settings === 'missing' || settings === 'unreachable') return { kind: `settings-${settings}` }
  switch (session.phase) {
    case 'checking':
    case 'redirecting':
      return { kind: session.phase }
    case 'failed':
      // An issuer that is away for a while takes no picture that runs off the screen [R24].
      if (session.why === 'issuer-unreachable' && snapshot.self !== null && shown > 0)
        return { kind: 'cameras' }
      return { kind: 'sign-in-failed', why: session.why }
    case 'signed-out':
      return { kind: 'signed-out', why: session.why, pairing: visit.kind === 'pair' }
    case 'guest':
      return guestScreen(snapshot.link, snapshot, shown)
    case 'signed-in':
      return signedInScreen(visit, snapshot, shown)
    default:
      return assertNever(session)
  }
}

/** A link that is over leaves nothing to go on with, whatever was on the screen. */
function guestScreen(link: LinkState, snapshot: ViewerSnapshot, shown: number): Screen {
  if (link.phase === 'refused') return { kind: 'refused', code: link.code, guest: true }
  if (shown > 0) return { kind: 'cameras' }
  return snapshot.cameras === null ? { kind: 'connecting' } : { kind: 'no-camera', who: 'guest' }
}

function signedInScreen(visit: Visit, { link, self, cameras }: ViewerSnapshot, shown: number): Screen {
  const pairing = visit.kind === 'pair' && self !== null
  if (pairing) return { kind: 'pair', device: visit.device, code: visit.code, owner: self.owner }
  // Pictures that run go on beside the notice that says so.
  if (shown > 0 && visit.kind !== 'pair') return { kind: 'cameras' }
  if (link.phase === 'refused') return { kind: 'refused', code: link.code, guest: false }
  if (cameras === null || self === null) return { kind: 'connecting' }
  return { kind: 'no-camera', who: self.owner ? 'owner' : 'person' }
}
