import type { Backend } from '../backend.ts'
import { announce } from '../presence/announce.ts'
import type { DeviceRecord } from '../records.ts'

/** Whoever writes without a pause must not keep an owner from taking a right away. */
const ATTEMPTS = 20

export type DeviceChange<Why extends string | null> = ChangedDevice | KeptDevice<Why>

export interface ChangedDevice {
  readonly kind: 'changed'
  readonly before: DeviceRecord | null
  readonly after: DeviceRecord
}

interface KeptDevice<Why extends string | null> {
  readonly kind: 'kept'
  readonly before: DeviceRecord | null
  /** Null: there was nothing to change. */
  readonly why: Why
}

/**
 * Reads the device, writes what `change` makes of it unless someone else wrote in between, and tells the viewers
 * what is different. State is written before the viewers are listed, and a viewer's `hello` does it the other way
 * round: one of the two always sees the other.
 */
export async function changeDevice<Why extends string | null>(
  backend: Backend,
  id: string,
  change: (before: DeviceRecord | null, now: number) => DeviceRecord | Why,
): Promise<DeviceChange<Why>> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const now = backend.now()
    const before = await backend.store.getDevice(id)
    const after = change(before, now)
    if (after === null || typeof after === 'string') return { kind: 'kept', before, why: after }
    if ((await backend.store.putDevice(after, before?.revision ?? null)) === 'conflict') continue
    rememberAddress(backend, after, now)
    await announce(backend, before, after, now)
    return { kind: 'changed', before, after }
  }
  throw new Error(`device ${id} was changed ${ATTEMPTS} times while being changed`)
}

/** `readAt`: epoch ms, before the device was read. */
export function rememberAddress({ cache }: Backend, device: DeviceRecord, readAt: number): void {
  if (device.connection === null) cache.deviceConnections.delete(device.id)
  else cache.deviceConnections.set(device.id, device.connection, readAt)
}
