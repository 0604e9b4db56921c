import type { FromDevice, FromViewer } from '../../protocol/directions.ts'
import { type ErrorMessage, errorMessage } from '../../protocol/error.ts'
import { errorRule } from '../../protocol/error-codes.ts'
import { splitCameraId } from '../../protocol/identifiers.ts'
import type { Backend } from './backend.ts'
import { rememberAddress } from './change-device.ts'
import { deliverToDevice, deliverToViewer } from './deliver.ts'
import type { Sender } from './principal.ts'
import type { CallRecord } from './records.ts'

/** Longer than any message may be late. */
const EARLY_END_MS = 10 * 60_000

export type ViewersWord = Exclude<FromViewer, { type: 'hello' | 'call' }>
export type HostsWord = Exclude<FromDevice, { type: 'hello' | 'status' }>

/** Hands a viewer's message to the host of its call; the answer, if any, is for the viewer. */
export async function relayToHost(
  backend: Backend,
  sender: Sender,
  message: ViewersWord,
): Promise<ErrorMessage | null> {
  const viewer = sender.principal.id
  const { device } = splitCameraId(message.camera)
  const call = await findCall(backend, message.call, device)
  if (call === null && message.type === 'hangup') return endEarly(backend, sender, message)
  if (call === null || call.viewer !== viewer || call.camera !== message.camera) return unknownCall(message)
  if (call.state === 'ended') return null
  if (message.type === 'hangup') {
    await Promise.all([end(backend, call, message.reason), deliverToDevice(backend, device, message)])
    return null
  }
  const delivered = await deliverToDevice(backend, device, message)
  return delivered === 'sent' ? null : errorMessage('peer-gone', { call: message.call })
}

/** Hands a host's message to the viewer of its call; the answer, if any, is for the host. */
export async function relayToViewer(
  backend: Backend,
  device: string,
  message: HostsWord,
): Promise<ErrorMessage | null> {
  const call = await findCall(backend, message.call)
  if (call === null || splitCameraId(call.camera).device !== device) return unknownCall(message)
  if (call.state === 'ended') return null
  const reason = endingReason(message)
  if (reason !== null) {
    await Promise.all([end(backend, call, reason), deliverToViewer(backend, call, message)])
    return null
  }
  const delivered = await deliverToViewer(backend, call, message)
  return delivered === 'sent' ? null : errorMessage('peer-gone', { call: message.call })
}

/**
 * Messages come in no order: a hangup before its call leaves a record that is over, and so keeps the call from
 * opening a camera for nobody. The call may have come meanwhile: then it is ended as any other.
 */
async function endEarly(
  backend: Backend,
  sender: Sender,
  message: Extract<ViewersWord, { type: 'hangup' }>,
): Promise<ErrorMessage | null> {
  const { call, camera } = message
  const record: CallRecord = {
    call,
    camera,
    viewer: sender.principal.id,
    viewerConnection: sender.connection,
    state: 'ended',
    startedAt: backend.now(),
  }
  const outcome = await backend.store.openCall(record, backend.now() + EARLY_END_MS)
  if (outcome === 'taken') return unknownCall(message)
  return outcome === 'retried' ? relayToHost(backend, sender, message) : null
}

function endingReason(message: HostsWord): string | null {
  if (message.type === 'hangup') return message.reason
  return message.type === 'error' && errorRule(message.code).ends === 'call' ? message.code : null
}

/** From memory, or with everything that the message needs in one round trip. */
async function findCall(backend: Backend, id: string, device?: string): Promise<CallRecord | null> {
  const { store, cache } = backend
  const cached = cache.calls.get(id)
  if (cached !== undefined) return cached
  if (device === undefined) return remember(backend, await store.getCall(id))
  const found = await store.getCallAndDevice(id, device)
  if (found.device !== null) rememberAddress(backend, found.device)
  return remember(backend, found.call)
}

function remember(backend: Backend, call: CallRecord | null): CallRecord | null {
  if (call !== null) backend.cache.calls.set(call.call, call)
  return call
}

async function end(backend: Backend, call: CallRecord, reason: string): Promise<void> {
  const first = await backend.store.endCall(call.call, reason, backend.now())
  // Not before it is written: a hangup that is repeated because this failed must not be dropped.
  backend.cache.calls.set(call.call, { ...call, state: 'ended' })
  if (first) backend.log.info('call-ended', { call: call.call, camera: call.camera, reason })
}

function unknownCall(message: { readonly call: string }): ErrorMessage {
  return errorMessage('unknown-call', { call: message.call })
}
