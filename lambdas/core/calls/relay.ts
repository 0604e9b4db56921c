import type { FromDevice, FromViewer, ToDevice } from '../../../protocol/directions.ts'
import { type ErrorMessage, errorMessage } from '../../../protocol/error.ts'
import { errorRule } from '../../../protocol/error-codes.ts'
import { splitCameraId } from '../../../protocol/identifiers.ts'
import type { Backend } from '../backend.ts'
import { type Outcome, say } from '../outcome.ts'
import type { Sender, ViewerPrincipal } from '../principal.ts'
import type { CallRecord } from '../records.ts'
import { rightTo } from '../rights.ts'
import { settleAll } from '../settle-all.ts'
import { readStanding } from '../viewers/standing.ts'
import { pictureBegins } from './answered.ts'
import { deliverEndToDevice, deliverToDevice, deliverToViewer } from './deliver.ts'
import { endCall, hangUp } from './end-calls.ts'
import { endMayBeRepeated, endOfCall } from './end-of-call.ts'
import { findCall, readCall } from './find-call.ts'
import { noteOver } from './note-over.ts'
import { tellOwners } from './watching.ts'

export type ViewersWord = Exclude<FromViewer, { type: 'hello' | 'call' | 'resume' | 'request' }>
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
  if (call.state === 'ended') return afterTheEnd(backend, call, message)
  if (message.type === 'hangup') {
    await tellEnd(backend, endCall(backend, call, message.reason), async (ending) => {
      // Also when it could not be written: the host is to hear of it all the same.
      await Promise.allSettled([ending])
      await deliverEndToDevice(backend, device, message)
    })
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
): Promise<ToDevice | 'not-paired' | null> {
  // By the sender's own device: the calls of another's cameras do not exist for it.
  const { call, lapsed, unpaired } = await findCall(backend, device, message.call)
  if (unpaired) return 'not-paired'
  if (call === null || ('camera' in message && message.camera !== call.camera)) return unknownCall(message)
  if (call.state === 'ended') return afterTheEndForHost(backend, device, message)
  const reason = endingReason(message)
  if (reason !== null) {
    await tellEnd(backend, endCall(backend, call, reason), (ending) =>
      deliverEndToViewer(backend, call, message, ending),
    )
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
 * A hangup that comes again goes to the host again, for whoever ended the call may have failed before it was told.
 * `alive` and `answer` are of a viewer that has missed the end. The rest has crossed with it on its way [R18] [R47].
 */
async function afterTheEnd(backend: Backend, call: CallRecord, message: ViewersWord): Promise<Outcome> {
  const { device } = splitCameraId(call.camera)
  // A call that plays at the one end may do so at the other: whoever ended it may have failed before telling both.
  if (message.type === 'alive') await deliverEndToDevice(backend, device, hangupOf(call))
  if (message.type === 'alive' || message.type === 'answer') return say(endOfCall(call))
  if (message.type === 'hangup' && endMayBeRepeated(call, backend.now())) {
    await deliverEndToDevice(backend, device, message)
  }
  return null
}

/** The same for a host, from which memory does not say whether it is still to be heard. */
async function afterTheEndForHost(
  backend: Backend,
  device: string,
  message: HostsWord,
): Promise<ToDevice | 'not-paired' | null> {
  const ends = endingReason(message) !== null
  if (!ends && message.type !== 'alive') return null
  const { call, unpaired } = await readCall(backend, device, message.call)
  if (unpaired) return 'not-paired'
  if (call === null) return unknownCall(message)
  // Nobody sits in it: a host that asks [R49] need not wait for an answer.
  if (!ends) return hangupOf(call)
  if (endMayBeRepeated(call, backend.now())) await deliverToViewer(backend, call, message)
  return null
}

/** The call may have come meanwhile: then it is ended as any other. Who might not call the camera leaves nothing. */
async function endEarly(
  backend: Backend,
  sender: Sender<ViewerPrincipal>,
  message: Extract<ViewersWord, { type: 'hangup' }>,
): Promise<Outcome> {
  const { device: deviceId, name } = splitCameraId(message.camera)
  const standing = await readStanding(backend, sender.principal, deviceId)
  if (typeof standing === 'string' || standing.device === null) return say(unknownCall(message))
  const right = rightTo(standing.onlooker, standing.device, name, backend.now())
  if (right === null) return say(unknownCall(message))
  const outcome = await noteOver(backend, sender, message, right)
  if (outcome === 'taken') return say(unknownCall(message))
  return outcome === 'retried' ? relayToHost(backend, sender, message) : null
}

function endingReason(message: HostsWord): string | null {
  if (message.type === 'hangup') return message.reason
  return message.type === 'error' && errorRule(message.code).ends === 'call' ? message.code : null
}

/** The reason of an error that ended it is one that a host does not know, and takes as plain "ended". */
function hangupOf({ call, endReason }: CallRecord): ToDevice {
  return { type: 'hangup', call, reason: endReason || 'call-ended' }
}

/** The viewer may be elsewhere than this instance believes, and the end is not said again by itself. */
async function deliverEndToViewer(
  backend: Backend,
  call: CallRecord,
  message: HostsWord,
  ending: Promise<CallRecord | null>,
): Promise<void> {
  const moved = async () => {
    const ended = await ending
    if (ended !== null && ended.viewerConnection !== call.viewerConnection) {
      await deliverToViewer(backend, ended, message)
    }
  }
  await settleAll([deliverToViewer(backend, call, message), moved()])
}

async function tellEnd(
  backend: Backend,
  ending: Promise<CallRecord | null>,
  deliver: (ending: Promise<CallRecord | null>) => Promise<unknown>,
): Promise<void> {
  const [ended, told] = await Promise.allSettled([ending, deliver(ending)])
  if (ended.status === 'fulfilled' && ended.value !== null) await tellOwners(backend, ended.value)
  for (const result of [ended, told]) if (result.status === 'rejected') throw result.reason
}

function unknownCall(message: { readonly call: string }): ErrorMessage {
  return errorMessage('unknown-call', { call: message.call })
}
