import type { Backend } from './backend.ts'
import { changeDevice } from './devices/change-device.ts'
import { lost } from './devices/device-state.ts'
import { freePlaces } from './pairing/places.ts'
import type { Sender } from './principal.ts'

/** The gateway's word that a connection is over: late, twice or never, so it must be harmless. */
export async function disconnect(backend: Backend, { principal, connection }: Sender): Promise<void> {
  if (principal.kind === 'nobody') return
  if (principal.kind !== 'device') {
    await backend.store.removeConnection(connection)
    return
  }
  const changed = await changeDevice(backend, principal.id, (before, now) =>
    before === null ? null : lost(before, connection, now),
  )
  if (changed.kind === 'changed' && changed.after.paired === null) await freePlaces(backend, principal.id)
}
