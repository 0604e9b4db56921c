import type { Backend } from './backend.ts'
import { changeDevice } from './change-device.ts'
import { lost } from './device-state.ts'
import type { Sender } from './principal.ts'

/** The gateway's word that a connection is over: late, twice or never, so it must be harmless. */
export async function disconnect(backend: Backend, { principal, connection }: Sender): Promise<void> {
  if (principal.kind === 'viewer') {
    await backend.store.removeConnection(principal.id, connection)
    return
  }
  await changeDevice(backend, principal.id, (before, now) =>
    before === null ? null : lost(before, connection, now),
  )
}
