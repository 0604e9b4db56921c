import type { Backend } from '../backend.ts'
import { presenceChanges, visibleCameras } from '../presence/presence.ts'
import { tellViewer } from '../presence/tell-viewer.ts'
import { listConnection } from '../viewers/list-connection.ts'

/** Lists the person's open connections as what they are now, and tells them which cameras came or went. */
export async function showAsOwner(backend: Backend, person: string, owner: boolean): Promise<void> {
  const { store, now } = backend
  const stale = (await store.listConnections()).filter(
    (connection) => connection.viewer === person && connection.owner !== owner,
  )
  if (stale.length === 0) return
  await Promise.all(
    stale.map(({ connection }) => listConnection(backend, connection, { viewer: person, owner })),
  )
  const at = now()
  const changes = (await store.listDevices()).flatMap((device) => {
    const seenAs = (owner: boolean) => visibleCameras({ viewer: person, owner }, device, at)
    return presenceChanges(seenAs(!owner), seenAs(owner), at)
  })
  // Of now: should the person have been an owner before, its pages hold on to a later `removed`.
  const told = changes.map((change) => ({ ...change, since: Math.max(change.since, at) }))
  await Promise.all(stale.map(({ connection }) => tellViewer(backend, connection, told)))
}
