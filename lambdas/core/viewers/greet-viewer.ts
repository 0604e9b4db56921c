import { frameBytes, MAX_FRAME_BYTES, takeFitting } from '../../../protocol/frame.ts'
import type { ViewerHello } from '../../../protocol/hello.ts'
import { PROTOCOL_VERSION } from '../../../protocol/version.ts'
import type { Self, ViewerWelcome, VisibleCamera } from '../../../protocol/welcome.ts'
import type { Backend } from '../backend.ts'
import { dismissal, type Outcome, say } from '../outcome.ts'
import type { Sender, ViewerPrincipal } from '../principal.ts'
import { versionRefusal } from '../version-refusal.ts'
import { admitGuest } from './admit-guest.ts'
import { admitPerson } from './admit-person.ts'
import type { Fall } from './standing.ts'

/** Whom the cloud takes the viewer for, and what that one sees. */
export interface Admitted {
  readonly self: Self
  readonly cameras: readonly VisibleCamera[]
}

export async function greetViewer(
  backend: Backend,
  sender: Sender<ViewerPrincipal>,
  hello: ViewerHello,
): Promise<Outcome> {
  const refusal = versionRefusal(hello.protocol)
  if (refusal !== null) return say(refusal)
  const admitted = await admit(backend, sender)
  if (typeof admitted !== 'string') return say(welcome(backend, admitted))
  await backend.store.removeConnection(sender.connection)
  return dismissal(backend, sender.connection, admitted)
}

function admit(
  backend: Backend,
  { principal, connection }: Sender<ViewerPrincipal>,
): Promise<Admitted | Fall> {
  return principal.kind === 'person'
    ? admitPerson(backend, principal, connection)
    : admitGuest(backend, principal, connection)
}

function welcome({ iceServers, log }: Backend, { self, cameras }: Admitted): ViewerWelcome {
  const empty: ViewerWelcome = {
    type: 'welcome',
    protocol: PROTOCOL_VERSION,
    self,
    cameras: [],
    iceServers: [...iceServers],
  }
  const shown = takeFitting(watchableFirst(cameras), MAX_FRAME_BYTES - frameBytes(empty))
  if (shown.length < cameras.length)
    log.error('cameras-left-out', { of: cameras.length, shown: shown.length })
  return { ...empty, cameras: shown }
}

/** A frame has room for some 150 cameras; of more, those that can be watched come first. */
function watchableFirst(cameras: readonly VisibleCamera[]): VisibleCamera[] {
  return cameras.toSorted((a, b) => Number(a.state === 'offline') - Number(b.state === 'offline'))
}
