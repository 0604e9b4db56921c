import type { Backend } from '../backend.ts'
import type { Sender, ViewerPrincipal } from '../principal.ts'
import type { CallRecord } from '../records.ts'
import type { Right } from '../rights.ts'
import { LATE_MS } from './end-of-call.ts'
import { NEVER_BEGAN } from './watching.ts'

/**
 * Messages come in no order: the end of a call that has not come yet leaves a record that is over, and so keeps the
 * call from opening a camera for nobody. `retried`: it has come meanwhile, and runs.
 */
export function noteOver(
  backend: Backend,
  { principal, connection, connectedAt }: Sender<ViewerPrincipal>,
  { call, camera }: Pick<CallRecord, 'call' | 'camera'>,
  { role, until }: Right,
): ReturnType<Backend['store']['openCall']> {
  const at = backend.now()
  const record: CallRecord = {
    call,
    camera,
    viewer: principal.id,
    viewerConnection: connection,
    viewerConnectedAt: connectedAt,
    role,
    name: '',
    until,
    state: 'ended',
    startedAt: at,
    endedAt: at,
    endReason: NEVER_BEGAN,
  }
  return backend.store.openCall(record, at + LATE_MS)
}
