import type { Presence } from '../../protocol/presence.ts'
import type { Backend } from './backend.ts'
import { presenceChanges } from './presence.ts'
import { LOCAL_VIEWER } from './principal.ts'
import type { DeviceRecord } from './records.ts'

const ATTEMPTS = 5

/**
 * Reads the device, writes what `change` makes of it unless someone else wrote in between, and tells the viewers
 * what is different. State is written before the viewers are listed, and a viewer's `hello` does it the other way
 * round: one of the two always sees the other.
 */
export async function changeDevice(
  backend: Backend,
  id: string,
  change: (before: DeviceRecord | null, now: number) => DeviceRecord | null,
): Promise<DeviceRecord | null> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const now = backend.now()
    const before = await backend.store.getDevice(id)
    const after = change(before, now)
    if (after === null) return null
    if ((await backend.store.putDevice(after, before?.revision ?? null)) === 'conflict') continue
    rememberAddress(backend, after)
    await announce(backend, presenceChanges(before, after, now))
    return after
  }
  throw new Error(`device ${id} was changed ${ATTEMPTS} times while being changed`)
}

export function rememberAddress(backend: Backend, device: DeviceRecord): void {
  if (device.connection === null) backend.cache.deviceConnections.delete(device.id)
  else backend.cache.deviceConnections.set(device.id, device.connection)
}

async function announce(backend: Backend, changes: readonly Presence[]): Promise<void> {
  if (changes.length === 0) return
  const connections = await backend.store.listConnections(LOCAL_VIEWER)
  await Promise.all(connections.map((connection) => tell(backend, connection, changes)))
}

/** A viewer that cannot be told now is no failure of whoever caused the change; its next `hello` tells it. */
async function tell(backend: Backend, connection: string, changes: readonly Presence[]): Promise<void> {
  try {
    const sent = await Promise.all(changes.map((change) => backend.post.post(connection, change)))
    if (sent.includes('gone')) await backend.store.removeConnection(LOCAL_VIEWER, connection)
  } catch (error) {
    backend.log.error('viewer-not-told', { connection, error })
  }
}
