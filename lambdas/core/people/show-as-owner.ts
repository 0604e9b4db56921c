import type { Backend } from '../backend.ts'
import { presenceChanges, visibleCameras } from '../presence/presence.ts'
import { tellViewer } from '../presence/tell-viewer.ts'
import type { ConnectionRecord, PersonRecord } from '../records.ts'
import { settleAll } from '../settle-all.ts'
import { relistConnection } from '../viewers/list-connection.ts'
import { welcome } from '../viewers/welcome.ts'

const ATTEMPTS = 5

/**
 * Lists the person's open connections as what they are now, welcomes them as that, and tells them which cameras came
 * or went. The person is read again once they are listed, for it may have been changed back meanwhile.
 */
export async function showAsOwner(backend: Backend, id: string): Promise<void> {
  const { store } = backend
  const stale = new Map<string, ConnectionRecord>()
  let person = await store.getPerson(id)
  for (let attempt = 0; attempt < ATTEMPTS && person !== null; attempt += 1) {
    const listedAs = person.owner
    for (const one of await listAs(backend, id, listedAs)) stale.set(one.connection, one)
    person = await store.getPerson(id)
    if (person?.owner === listedAs) return welcomeAgain(backend, person, [...stale.values()])
  }
  throw new Error(`person ${id} was changed ${ATTEMPTS} times while being shown as what it is`)
}

/** Those that were listed as something else. */
async function listAs(backend: Backend, id: string, owner: boolean): Promise<ConnectionRecord[]> {
  const listed = await backend.store.listConnections()
  const stale = listed.filter((connection) => connection.viewer === id && connection.owner !== owner)
  await settleAll(stale.map((connection) => relistConnection(backend, { ...connection, owner })))
  return stale
}

async function welcomeAgain(
  backend: Backend,
  { person, name, owner }: PersonRecord,
  connections: readonly ConnectionRecord[],
): Promise<void> {
  if (connections.length === 0) return
  const at = backend.now()
  const devices = await backend.store.listDevices()
  const seenAs = (owner: boolean) =>
    devices.flatMap((device) => visibleCameras({ viewer: person, owner }, device, at))
  const cameras = seenAs(owner)
  // Of now: should the person have been an owner before, its pages hold on to a later `removed`.
  const changes = presenceChanges(seenAs(!owner), cameras, at).map((change) => ({
    ...change,
    since: Math.max(change.since, at),
  }))
  await Promise.all(
    connections.map(async (listed) => {
      const { connection } = listed
      const message = welcome(backend, listed, { self: { kind: 'person', name, owner }, cameras })
      // First, so that no camera is news to the page, which would say `hello` again [R26].
      await tellViewer(backend, connection, [message])
      await tellViewer(backend, connection, changes)
    }),
  )
}
