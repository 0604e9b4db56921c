import type { Backend } from '../backend.ts'
import { visibleCameras } from '../presence/presence.ts'
import type { Guest, Sender } from '../principal.ts'
import { listConnection } from './list-connection.ts'
import { type Fall, guestOnlooker, linkOf } from './standing.ts'
import type { Greeted } from './welcome.ts'

/** The link is read after the connection is listed: a revocation, which does it the other way round, finds one of the two. */
export async function greetGuest(backend: Backend, sender: Sender<Guest>): Promise<Greeted | Fall> {
  const { principal } = sender
  const onlooker = guestOnlooker(principal)
  await listConnection(backend, sender, onlooker)
  const device = await backend.store.getDevice(principal.device)
  const now = backend.now()
  const link = linkOf(principal, device, now)
  if (typeof link === 'string') return link
  return {
    self: { kind: 'guest', name: link.label, owner: false },
    cameras: device === null ? [] : visibleCameras(onlooker, device, now),
    devices: device === null ? [] : [device],
  }
}
