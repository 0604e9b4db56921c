import type { ToDevice, ToViewer } from '../../protocol/directions.ts'
import type { Backend } from './backend.ts'
import { changeDevice, rememberAddress } from './change-device.ts'
import { lost } from './device-state.ts'
import type { CallRecord } from './records.ts'

/** To wherever the device is now. A cached address that is gone is read again and tried once more. */
export async function deliverToDevice(
  backend: Backend,
  device: string,
  message: ToDevice,
): Promise<'sent' | 'gone'> {
  const { store, post, cache } = backend
  const cached = cache.deviceConnections.get(device)
  if (cached !== undefined && (await post.post(cached, message)) === 'sent') return 'sent'

  cache.deviceConnections.delete(device)
  const record = await store.getDevice(device)
  const current = record?.connection ?? null
  if (record === null || current === null) return 'gone'
  if (current !== cached && (await post.post(current, message)) === 'sent') {
    rememberAddress(backend, record)
    return 'sent'
  }
  // The gateway's word that the connection is gone is as good as a `$disconnect`, which may never come.
  await changeDevice(backend, device, (before, now) => (before === null ? null : lost(before, current, now)))
  return 'gone'
}

/** To wherever the viewer of the call is now. */
export async function deliverToViewer(
  backend: Backend,
  call: CallRecord,
  message: ToViewer,
): Promise<'sent' | 'gone'> {
  const { store, post, cache } = backend
  if ((await post.post(call.viewerConnection, message)) === 'sent') return 'sent'
  cache.calls.delete(call.call)
  const current = await store.getCall(call.call)
  if (current === null || current.viewerConnection === call.viewerConnection) return 'gone'
  const again = await post.post(current.viewerConnection, message)
  if (again === 'sent') cache.calls.set(call.call, current)
  return again
}
