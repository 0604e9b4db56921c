import type { ToDevice, ToViewer } from '../../../protocol/directions.ts'
import { splitCameraId } from '../../../protocol/identifiers.ts'
import type { Backend } from '../backend.ts'
import { changeDevice, rememberAddress } from '../devices/change-device.ts'
import { lost } from '../devices/device-state.ts'
import type { CallRecord } from '../records.ts'
import { callKey } from '../routes-cache.ts'

/** To wherever the device is now. A cached address that is gone is read again and tried once more. */
export async function deliverToDevice(
  backend: Backend,
  device: string,
  message: ToDevice,
): Promise<'sent' | 'gone'> {
  const { store, connections, cache, now } = backend
  const cached = cache.deviceConnections.get(device, now())
  if (cached !== undefined && (await connections.post(cached, message)) === 'sent') return 'sent'

  cache.deviceConnections.delete(device)
  const readAt = now()
  const record = await store.getDevice(device)
  const current = record?.connection ?? null
  if (record === null || current === null) return 'gone'
  if (current !== cached && (await connections.post(current, message)) === 'sent') {
    rememberAddress(backend, record, readAt)
    return 'sent'
  }
  // The gateway's word that the connection is gone is as good as a `$disconnect`, which may never come.
  await changeDevice(backend, device, (before, at) => (before === null ? null : lost(before, current, at)))
  return 'gone'
}

/**
 * Of an end that was written before this. Not by memory: the connection that a device has left may take posts for a
 * while yet, and of two ends that are said at the same time one finds the other [R24].
 */
export function deliverEndToDevice(
  backend: Backend,
  device: string,
  message: ToDevice,
): Promise<'sent' | 'gone'> {
  backend.cache.deviceConnections.delete(device)
  return deliverToDevice(backend, device, message)
}

/** To wherever the viewer of the call is now. */
export async function deliverToViewer(
  backend: Backend,
  call: CallRecord,
  message: ToViewer,
): Promise<'sent' | 'gone'> {
  const { store, connections, cache, now } = backend
  if ((await connections.post(call.viewerConnection, message)) === 'sent') return 'sent'
  const { device } = splitCameraId(call.camera)
  const key = callKey(device, call.call)
  cache.calls.delete(key)
  const readAt = now()
  const current = await store.getCall(device, call.call)
  if (current === null || current.viewerConnection === call.viewerConnection) return 'gone'
  const again = await connections.post(current.viewerConnection, message)
  if (again === 'sent') cache.calls.set(key, current, readAt)
  return again
}
