import type { Call, IncomingCall } from '../../../protocol/call.ts'
import { errorMessage } from '../../../protocol/error.ts'
import { splitCameraId } from '../../../protocol/identifiers.ts'
import { HISTORY_MS } from '../../../protocol/operations.ts'
import type { Backend } from '../backend.ts'
import { rememberAddress } from '../devices/change-device.ts'
import { isOnline } from '../devices/device-state.ts'
import { noteLapsedLeases } from '../devices/note-lapsed-leases.ts'
import { dismissal, type Outcome, say } from '../outcome.ts'
import type { Sender, ViewerPrincipal } from '../principal.ts'
import type { CallRecord } from '../records.ts'
import { type Right, rightTo } from '../rights.ts'
import { callKey } from '../routes-cache.ts'
import { readStanding } from '../viewers/standing.ts'
import { deliverToDevice } from './deliver.ts'
import { endCall } from './end-calls.ts'
import { endReplaced } from './end-replaced.ts'

/** One read and one write; the right is read again when the viewer answers, with which the picture begins. */
export async function placeCall(
  backend: Backend,
  sender: Sender<ViewerPrincipal>,
  message: Call,
): Promise<Outcome> {
  const { store, cache, log, now } = backend
  const { principal, connection, connectedAt } = sender
  const { call, camera } = message
  const replaces = message.replaces === call ? undefined : message.replaces
  const { device: deviceId, name } = splitCameraId(camera)
  const readAt = now()
  const standing = await readStanding(backend, principal, deviceId)
  if (typeof standing === 'string') return dismissal(backend, connection, standing)
  const { device, onlooker } = standing
  const right = device === null ? null : rightTo(onlooker, device, name, readAt)
  if (device === null || right === null) return say(errorMessage('unknown-camera', { call }))
  if (!isOnline(device, readAt)) {
    const say = errorMessage((await isRetry(backend, sender, message)) ? 'peer-gone' : 'camera-offline', {
      call,
    })
    return { say, afterwards: () => noteLapsedLeases(backend, [device]) }
  }
  rememberAddress(backend, device, readAt)

  const record: CallRecord = {
    call,
    camera,
    viewer: principal.id,
    viewerConnection: connection,
    viewerConnectedAt: connectedAt,
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
  const key = callKey(deviceId, call)
  // Another instance knows how a retried one began, and a younger connection may have it.
  if (outcome === 'opened') cache.calls.set(key, record, readAt)
  else cache.calls.delete(key)
  log.info('call', { call, camera, viewer: principal.id, role: right.role, outcome })

  const incoming = incomingCall({ ...message, replaces }, principal.id, right, now())
  if ((await deliverToDevice(backend, deviceId, incoming)) === 'sent') {
    if (replaces !== undefined) await endReplaced(backend, sender, { call: replaces, camera }, right)
    return null
  }
  if (outcome === 'retried') return say(errorMessage('peer-gone', { call }))
  await endCall(backend, record, 'camera-offline')
  return say(errorMessage('camera-offline', { call }))
}

/** Its call may be playing, or its host may have begun it: that will be back, and is asked again then [R24]. */
async function isRetry(
  { store }: Backend,
  { principal }: Sender<ViewerPrincipal>,
  { call, camera }: Call,
): Promise<boolean> {
  const known = await store.getCall(splitCameraId(camera).device, call)
  return known?.state === 'live' && known.viewer === principal.id && known.camera === camera
}

function incomingCall(
  { type, call, camera, takeOver, replaces }: Omit<Call, 'replaces'> & { replaces: string | undefined },
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
    ...(replaces === undefined ? {} : { replaces }),
    ...(until === null ? {} : { leftMs: Math.max(0, until - now) }),
    ...(link === null ? {} : { link }),
  }
}
