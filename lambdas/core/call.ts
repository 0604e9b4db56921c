import type { Call } from '../../protocol/call.ts'
import { type ErrorMessage, errorMessage } from '../../protocol/error.ts'
import { splitCameraId } from '../../protocol/identifiers.ts'
import type { Backend } from './backend.ts'
import { rememberAddress } from './change-device.ts'
import { deliverToDevice } from './deliver.ts'
import { isOnline } from './device-state.ts'
import type { Sender } from './principal.ts'
import type { CallRecord } from './records.ts'

/** Kept for the owner's history of who watched. */
const CALL_RECORD_MS = 30 * 24 * 60 * 60_000

/** One read and one write; null when the host has the call. */
export async function placeCall(
  backend: Backend,
  sender: Sender,
  { call, camera }: Call,
): Promise<ErrorMessage | null> {
  const { store, cache, log, now } = backend
  const { device: deviceId, name } = splitCameraId(camera)
  const device = await store.getDevice(deviceId)
  if (device === null || !device.cameras.some((known) => known.name === name)) {
    return errorMessage('unknown-camera', { call })
  }
  if (!isOnline(device, now())) return errorMessage('camera-offline', { call })
  rememberAddress(backend, device)

  const viewer = sender.principal.id
  const record: CallRecord = {
    call,
    camera,
    viewer,
    viewerConnection: sender.connection,
    state: 'live',
    startedAt: now(),
  }
  const outcome = await store.openCall(record, now() + CALL_RECORD_MS)
  if (outcome === 'taken') return errorMessage('call-taken', { call })
  if (outcome === 'ended') return errorMessage('call-ended', { call })
  cache.calls.set(call, record)
  log.info('call', { call, camera, viewer, outcome })

  const delivered = await deliverToDevice(backend, deviceId, {
    type: 'call',
    call,
    camera,
    who: viewer,
    role: 'owner',
  })
  if (delivered === 'sent') return null
  // A retry may be of a call that is playing: its host will be back, and the picture needs no cloud [R24].
  if (outcome === 'opened') {
    await store.endCall(call, 'camera-offline', now())
    cache.calls.delete(call)
  }
  return errorMessage('camera-offline', { call })
}
