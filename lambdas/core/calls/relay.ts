import type { FromDevice, FromViewer } from '../../../protocol/directions.ts'
import { type ErrorMessage, errorMessage } from '../../../protocol/error.ts'
import { errorRule } from '../../../protocol/error-codes.ts'
import type { HangupReason } from '../../../protocol/hangup.ts'
import { splitCameraId } from '../../../protocol/identifiers.ts'
import type { Backend } from '../backend.ts'
import { rememberAddress } from '../devices/change-device.ts'
import { isPaired } from '../devices/device-state.ts'
import { type Outcome, say } from '../outcome.ts'
import type { Sender, ViewerPrincipal } from '../principal.ts'
import type { CallRecord } from '../records.ts'
import { rightTo } from '../rights.ts'
import { callKey } from '../routes-cache.ts'
import { readStanding } from '../viewers/standing.ts'
import { pictureBegins } from './answered.ts'
import { deliverToDevice, deliverToViewer } from './deliver.ts'
import { endCall, hangUp } from './end-calls.ts'
import { lapse } from './lapse.ts'
import { NEVER_BEGAN, tellOwners } from './watching.ts'

/** Longer than any message may be late. */
const EARLY_END_MS = 10 * 60_000

export type ViewersWord = Exclude<FromViewer, { type: 'hello' | 'call' | 'request' }>
export type HostsWord = Exclude<FromDevice, { type: 'hello' | 'status' | 'request' }>

/** Hands a viewer's message to the host of its call; the answer, if any, is for the viewer. */
export async function relayToHost(
  backend: Backend,
  sender: Sender<ViewerPrincipal>,
  message: ViewersWord,
): Promise<Outcome> {
  const { device } = splitCameraId(message.camera)
  const { call, lapsed } = await findCall(backend, device, message.call)
  if (call === null && message.type === 'hangup') return endEarly(backend, sender, message)
  if (call === null || call.viewer !== sender.principal.id || call.camera !== message.camera) {
    return say(unknownCall(message))
  }
  if (call.state === 'ended') return null
  if (message.type === 'hangup') {
    await tellEnd(backend, endCall(backend, call, message.reason), deliverToDevice(backend, device, message))
    return null
  }
  if (lapsed !== null) {
    await hangUp(backend, call, lapsed)
    return null
  }
  const delivered = await deliverToDevice(backend, device, message)
  if (delivered === 'gone') return say(errorMessage('peer-gone', { call: message.call }))
  return message.type === 'answer' ? pictureBegins(backend, sender, call) : null
}

/** Hands a host's message to the viewer of its call; the answer, if any, is for the host. */
export async function relayToViewer(
  backend: Backend,
  device: string,
  message: HostsWord,
): Promise<ErrorMessage | 'not-paired' | null> {
  // By the sender's own device: the calls of another's cameras do not exist for it.
  const { call, lapsed, unpaired } = await findCall(backend, device, message.call)
  if (unpaired) return 'not-paired'
  if (call === null) return unknownCall(message)
  if (call.state === 'ended') return null
  const reason = endingReason(message)
  if (reason !== null) {
    await tellEnd(backend, endCall(backend, call, reason), deliverToViewer(backend, call, message))
    return null
  }
  if (lapsed !== null) {
    await hangUp(backend, call, lapsed)
    return null
  }
  const delivered = await deliverToViewer(backend, call, message)
  return delivered === 'sent' ? null : errorMessage('peer-gone', { call: message.call })
}

/**
 * Messages come in no order: a hangup before its call leaves a record that is over, and so keeps the call from
 * opening a camera for nobody. The call may have come meanwhile: then it is ended as any other. Who might not call
 * the camera leaves nothing, for whatever is left here is read by whoever looks for the calls of the device.
 */
async function endEarly(
  backend: Backend,
  sender: Sender<ViewerPrincipal>,
  message: Extract<ViewersWord, { type: 'hangup' }>,
): Promise<Outcome> {
  const { principal, connection } = sender
  const { call, camera } = message
  const { device: deviceId, name } = splitCameraId(camera)
  const standing = await readStanding(backend, principal, deviceId)
  if (typeof standing === 'string' || standing.device === null) return say(unknownCall(message))
  const at = backend.now()
  const right = rightTo(standing.onlooker, standing.device, name, at)
  if (right === null) return say(unknownCall(message))
  const record: CallRecord = {
    call,
    camera,
    viewer: principal.id,
    viewerConnection: connection,
    role: right.role,
    name: '',
    until: right.until,
    state: 'ended',
    startedAt: at,
    endedAt: at,
    endReason: NEVER_BEGAN,
  }
  const outcome = await backend.store.openCall(record, at + EARLY_END_MS)
  if (outcome === 'taken') return say(unknownCall(message))
  return outcome === 'retried' ? relayToHost(backend, sender, message) : null
}

function endingReason(message: HostsWord): string | null {
  if (message.type === 'hangup') return message.reason
  return message.type === 'error' && errorRule(message.code).ends === 'call' ? message.code : null
}

async function tellEnd(
  backend: Backend,
  ending: Promise<CallRecord | null>,
  delivering: Promise<unknown>,
): Promise<void> {
  const [ended, told] = await Promise.allSettled([ending, delivering])
  if (ended.status === 'fulfilled' && ended.value !== null) await tellOwners(backend, ended.value)
  for (const result of [ended, told]) if (result.status === 'rejected') throw result.reason
}

interface Found {
  readonly call: CallRecord | null
  /** Why it may not go on. */
  readonly lapsed: HangupReason | null
  readonly unpaired: boolean
}

/** From memory, or with everything that the message needs in one round trip. */
async function findCall(backend: Backend, device: string, id: string): Promise<Found> {
  const { store, cache, now } = backend
  const readAt = now()
  const key = callKey(device, id)
  const cached = cache.calls.get(key, readAt)
  if (cached !== undefined) return { call: cached, lapsed: lapse(cached, null, readAt), unpaired: false }
  const found = await store.getCallAndDevice(device, id)
  if (found.device !== null) rememberAddress(backend, found.device, readAt)
  if (found.call !== null) cache.calls.set(key, found.call, readAt)
  return {
    call: found.call,
    lapsed: found.call === null ? null : lapse(found.call, found.device, readAt),
    unpaired: !isPaired(found.device),
  }
}

function unknownCall(message: { readonly call: string }): ErrorMessage {
  return errorMessage('unknown-call', { call: message.call })
}
