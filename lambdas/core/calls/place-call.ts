import type { Call, IncomingCall } from '../../../protocol/call.ts'
import { errorMessage } from '../../../protocol/error.ts'
import { splitCameraId } from '../../../protocol/identifiers.ts'
import { HISTORY_MS } from '../../../protocol/operations.ts'
import type { Backend } from '../backend.ts'
import { rememberAddress } from '../devices/change-device.ts'
import { isOnline } from '../devices/device-state.ts'
import { dismissal, type Outcome, say } from '../outcome.ts'
import type { Sender, ViewerPrincipal } from '../principal.ts'
import type { CallRecord } from '../records.ts'
import { type Right, rightTo } from '../rights.ts'
import { callKey } from '../routes-cache.ts'
import { readStanding } from '../viewers/standing.ts'
import { deliverToDevice } from './deliver.ts'
import { endCall } from './end-calls.ts'

/** One read and one write; the right is read again when the viewer answers, with which the picture begins. */
export async function placeCall(
  backend: Backend,
  { principal, connection }: Sender<ViewerPrincipal>,
  message: Call,
): Promise<Outcome> {
  const { store, cache, log, now } = backend
  const { call, camera } = message
  const { device: deviceId, name } = splitCameraId(camera)
  const readAt = now()
  const standing = await readStanding(backend, principal, deviceId)
  if (typeof standing === 'string') return dismissal(backend, connection, standing)
  const { device, onlooker } = standing
  const right = device === null ? null : rightTo(onlooker, device, name, readAt)
  if (device === null || right === null) return say(errorMessage('unknown-camera', { call }))
  if (!isOnline(device, readAt)) return say(errorMessage('camera-offline', { call }))
  rememberAddress(backend, device, readAt)

  const record: CallRecord = {
    call,
    camera,
    viewer: principal.id,
    viewerConnection: connection,
    role: right.role,
    name: standing.name,
    until: right.until,
    state: 'live',
    startedAt: now(),
    endedAt: null,
    endReason: null,
  }
  const outcome = await store.openCall(record, now() + HISTORY_MS)
  if (outcome === 'taken') return say(errorMessage('call-taken', { call }))
  if (outcome === 'ended') return say(errorMessage('call-ended', { call }))
  cache.calls.set(callKey(deviceId, call), record, readAt)
  log.info('call', { call, camera, viewer: principal.id, role: right.role, outcome })

  const delivery = await deliverToDevice(backend, deviceId, incomingCall(message, principal.id, right, now()))
  if (delivery === 'sent') return null
  // A retry may be of a call that is playing: its host will be back, and the picture needs no cloud [R24].
  if (outcome === 'opened') await endCall(backend, record, 'camera-offline')
  return say(errorMessage('camera-offline', { call }))
}

function incomingCall(
  { type, call, camera, takeOver }: Call,
  who: string,
  { role, until, link }: Right,
  now: number,
): IncomingCall {
  return {
    type,
    call,
    camera,
    who,
    role,
    ...(takeOver === true && role === 'owner' ? { takeOver } : {}),
    ...(until === null ? {} : { leftMs: Math.max(0, until - now) }),
    ...(link === null ? {} : { link }),
  }
}
