import type { HangupReason } from '../../../protocol/hangup.ts'
import type { Backend } from '../backend.ts'
import { rememberAddress } from '../devices/change-device.ts'
import { isPaired } from '../devices/device-state.ts'
import type { CallRecord } from '../records.ts'
import { callKey } from '../routes-cache.ts'
import { lapse } from './lapse.ts'

interface Found {
  readonly call: CallRecord | null
  /** Why it may not go on. */
  readonly lapsed: HangupReason | null
  readonly unpaired: boolean
}

/** From memory, or with everything that the message needs in one round trip. */
export async function findCall(backend: Backend, device: string, id: string): Promise<Found> {
  const now = backend.now()
  const cached = backend.cache.calls.get(callKey(device, id), now)
  if (cached !== undefined) return { call: cached, lapsed: lapse(cached, null, now), unpaired: false }
  return readCall(backend, device, id)
}

export async function readCall(backend: Backend, device: string, id: string): Promise<Found> {
  const { store, cache, now } = backend
  const readAt = now()
  const found = await store.getCallAndDevice(device, id)
  if (found.device !== null) rememberAddress(backend, found.device, readAt)
  if (found.call !== null) cache.calls.set(callKey(device, id), found.call, readAt)
  return {
    call: found.call,
    lapsed: found.call === null ? null : lapse(found.call, found.device, readAt),
    unpaired: !isPaired(found.device),
  }
}
