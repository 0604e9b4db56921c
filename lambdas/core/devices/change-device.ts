import type { Backend } from '../backend.ts'
import { announce } from '../presence/announce.ts'
import type { DeviceRecord } from '../records.ts'

const ATTEMPTS = 8

export interface DeviceChange {
  readonly before: DeviceRecord | null
  readonly after: DeviceRecord
}

/**
 * Reads the device, writes what `change` makes of it unless someone else wrote in between, and tells the viewers
 * what is different. Null when there is nothing to change, or why it must not be. State is written before the
 * viewers are listed, and a viewer's `hello` does it the other way round: one of the two always sees the other.
 */
export async function changeDevice<Refusal extends string = never>(
  backend: Backend,
  id: string,
  change: (before: DeviceRecord | null, now: number) => DeviceRecord | Refusal | null,
): Promise<DeviceChange | Refusal | null> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const now = backend.now()
    const before = await backend.store.getDevice(id)
    const after = change(before, now)
    if (after === null || typeof after === 'string') return after
    if ((await backend.store.putDevice(after, before?.revision ?? null)) === 'conflict') continue
    rememberAddress(backend, after, now)
    await announce(backend, before, after, now)
    return { before, after }
  }
  throw new Error(`device ${id} was changed ${ATTEMPTS} times while being changed`)
}

/** `readAt`: epoch ms, before the device was read. */
export function rememberAddress({ cache }: Backend, device: DeviceRecord, readAt: number): void {
  if (device.connection === null) cache.deviceConnections.delete(device.id)
  else cache.deviceConnections.set(device.id, device.connection, readAt)
}
