import type { Call, IncomingCall } from '../../../protocol/call.ts'
import { errorMessage } from '../../../protocol/error.ts'
import type { HangupReason } from '../../../protocol/hangup.ts'
import { splitCameraId } from '../../../protocol/identifiers.ts'
import { HISTORY_MS } from '../../../protocol/operations.ts'
import type { Backend } from '../backend.ts'
import { rememberAddress } from '../devices/change-device.ts'
import { isOnline } from '../devices/device-state.ts'
import { dismissal, type Outcome, say } from '../outcome.ts'
import type { Sender, ViewerPrincipal } from '../principal.ts'
import type { CallRecord } from '../records.ts'
import { grantedRight, type Right, rightTo } from '../rights.ts'
import { callKey } from '../routes-cache.ts'
import { type Fall, readStanding } from '../viewers/standing.ts'
import { deliverToDevice } from './deliver.ts'
import { endCall, hangUp } from './end-calls.ts'
import { tellOwners } from './watching.ts'

/** One read and one write before the host is told. */
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

  // Whoever takes the right away writes that first and lists the calls after; here the call is written first and
  // the right is read after. So one of the two sees the other, and no call outlives its right.
  const [delivery, lapse] = await Promise.allSettled([
    deliverToDevice(backend, deviceId, incomingCall(message, principal.id, right, now())),
    lapsedSince(backend, principal, deviceId, name, right),
  ])
  if (lapse.status === 'fulfilled' && lapse.value !== null) {
    await hangUp(backend, record, lapse.value.hangup)
    return lapse.value.fall === null ? null : dismissal(backend, connection, lapse.value.fall)
  }
  if (delivery.status === 'rejected') throw delivery.reason
  if (lapse.status === 'rejected') throw lapse.reason
  if (delivery.value === 'sent') {
    if (outcome === 'opened') await tellOwners(backend, record)
    return null
  }
  // A retry may be of a call that is playing: its host will be back, and the picture needs no cloud [R24].
  if (outcome === 'opened') await endCall(backend, record, 'camera-offline')
  return say(errorMessage('camera-offline', { call }))
}

const HANGUP_OF = {
  'signed-out': 'signed-out',
  'link-expired': 'access-expired',
  'link-revoked': 'access-revoked',
} as const satisfies Record<Fall, HangupReason>

interface Lapse {
  readonly hangup: HangupReason
  /** Set when the viewer counts for nothing any more, and not only at this camera. */
  readonly fall: Fall | null
}

async function lapsedSince(
  backend: Backend,
  principal: ViewerPrincipal,
  deviceId: string,
  camera: string,
  before: Right,
): Promise<Lapse | null> {
  const standing = await readStanding(backend, principal, deviceId)
  if (typeof standing === 'string') return { hangup: HANGUP_OF[standing], fall: standing }
  const { device, onlooker } = standing
  if (device === null || device.paired === null) return { hangup: 'device-unpaired', fall: null }
  const right = grantedRight(onlooker, device, camera, backend.now())
  const less = right === null || (before.role === 'owner' && right.role !== 'owner')
  return less ? { hangup: 'access-revoked', fall: null } : null
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
