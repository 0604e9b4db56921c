import { errorMessage } from '../../../protocol/error.ts'
import type { Backend } from '../backend.ts'
import type { DeviceRecord } from '../records.ts'
import { changeDevice } from './change-device.ts'
import { isPaired, leaseIsOver, lost } from './device-state.ts'

/**
 * Nobody says that a lease is over [R28] but who comes upon it [R52]: of several the first writes it, and tells the
 * viewers. A failure is none of whoever came upon it.
 */
export async function noteLapsedLeases(backend: Backend, devices: readonly DeviceRecord[]): Promise<void> {
  const now = backend.now()
  const lapsed = devices.filter((device) => isPaired(device) && leaseIsOver(device, now))
  await Promise.all(lapsed.map(({ id }) => noteLapsedLease(backend, id)))
}

async function noteLapsedLease(backend: Backend, id: string): Promise<void> {
  try {
    const changed = await changeDevice(backend, id, (before, now) =>
      before?.connection && leaseIsOver(before, now) ? lost(before, before.connection, now) : null,
    )
    const connection = changed.kind === 'changed' ? changed.before?.connection : null
    if (!connection) return
    backend.log.info('device-lapsed', { device: id, connection })
    // It may be there after all, and only its word was lost.
    await backend.connections.post(connection, errorMessage('say-hello'))
  } catch (error) {
    backend.log.error('lapse-not-noted', { device: id, error })
  }
}
