import { cameraId, splitCameraId } from '../../protocol/identifiers.ts'
import { type ModelEvent, type ModelPost, replacedBy } from './event.ts'
import { callMayGoOn, mayStand } from './forbidden-end.ts'
import { REPEAT_MS } from './forbidden-relay.ts'
import type { Model, ModelConnection, Viewer } from './model.ts'
import { goesOn } from './spans.ts'

/**
 * What the event had to bring about and did not, for one that ran alone while every connection could be reached;
 * null when all is there. A backend that refuses everybody is safe, and no use.
 */
export function stillOwed(model: Model, event: ModelEvent, posts: readonly ModelPost[]): string | null {
  const { message, from } = event
  const { who } = from
  if (message === null) return null
  if (who.kind === 'device') {
    switch (message.type) {
      case 'hello':
        return endedCalls(model, event, posts) ?? lostCalls(model, event)
      case 'status':
        return sayHello(model, event, posts)
      case 'offer':
      case 'candidates':
      case 'alive':
        return relay(model, event, posts, message)
      default:
        return null
    }
  }
  if (who.kind === 'nobody') return null
  switch (message.type) {
    case 'hello':
      return message.protocol === 1 && from.open ? welcome(model, event, who, posts) : null
    case 'call':
      return call(model, event, who, posts)
    case 'resume':
      return resume(model, event, who, posts)
    case 'hangup':
      return repeatedHangup(model, event, who, posts)
    default:
      return null
  }
}

/** [R25] [R33] */
function welcome(
  model: Model,
  { from, at }: ModelEvent,
  who: Viewer,
  posts: readonly ModelPost[],
): string | null {
  const visible = [...model.devices.values()]
    .flatMap(({ id, cameras }) => cameras.map((name) => cameraId(id, name)))
    .filter((camera) => model.maySeeOn(who, camera, at))
  if (!goesOn(model.standing(who), at) || (who.kind === 'guest' && visible.length === 0)) return null
  const told = posts.find(({ to, message }) => to === from && message.type === 'welcome')?.message
  if (told?.type !== 'welcome' || !('cameras' in told)) return 'no welcome'
  const lapsed = visible.map((camera) => model.device(splitCameraId(camera).device))
  if (lapsed.some(({ leaseUntil, address }) => leaseUntil <= at && address !== null))
    return 'a lease that is over and not noted [R52]'
  const shown = told.cameras.map(({ camera }) => camera)
  return shown.toSorted().join() === visible.toSorted().join()
    ? null
    : `the welcome shows ${shown}, not ${visible}`
}

/** [R24] */
function endedCalls(
  model: Model,
  { from, message, at }: ModelEvent,
  posts: readonly ModelPost[],
): string | null {
  const told = posts.find(({ to, message: posted }) => to === from && posted.type === 'welcome')?.message
  if (from.who.kind !== 'device' || message?.type !== 'hello' || !('calls' in message)) return null
  if (told?.type !== 'welcome' || !('device' in told) || !told.paired) return null
  const { id: device } = from.who
  const goOn = (message.calls ?? []).filter((id) => {
    const call = model.call(device, id)
    return !told.ended?.includes(id) && (call === undefined || !mayStand(model, call, at))
  })
  return goOn.length === 0 ? null : `the host is not told that ${goOn} ended`
}

/** [R11] [R12] */
function call(
  model: Model,
  { from, message, at }: ModelEvent,
  who: Viewer,
  posts: readonly ModelPost[],
): string | null {
  if (message?.type !== 'call' || !from.open || !model.maySeeOn(who, message.camera, at)) return null
  const { device: id, name } = splitCameraId(message.camera)
  const device = model.device(id)
  const host = model.connections.get(device.address ?? '')
  if (!device.cameras.includes(name) || host?.open !== true || device.leaseUntil <= at) return null
  const known = model.call(id, message.call)
  if (known === undefined) return 'a call that was not opened'
  // The id has been used before.
  if (known.viewer !== who.id || known.camera !== message.camera || !goesOn([known.live], at)) return null
  if (!posts.some(({ to, message: posted }) => to === host && posted.type === 'call'))
    return 'no call for the host'
  const replaced = model.call(id, replacedBy(message) ?? '')
  const own = replaced?.viewer === who.id && replaced.camera === message.camera
  return own && goesOn([replaced.live], at) ? 'a call that was replaced goes on [R48]' : null
}

/** [R51] */
function lostCalls(model: Model, { from, message, at }: ModelEvent): string | null {
  if (from.who.kind !== 'device' || message?.type !== 'hello' || !('cameras' in message)) return null
  const { id, startedAnewAt, paired } = model.device(from.who.id)
  if (startedAnewAt !== at || !goesOn(paired, at)) return null
  const lost = [...model.calls.values()].find(
    ({ device, call, live }) =>
      device === id && goesOn([live], at) && live.from < from.connectedAt && !message.calls?.includes(call),
  )
  return lost === undefined ? null : `call ${lost.call} goes on without its host [R51]`
}

/** [R52] */
function sayHello(model: Model, { from, at }: ModelEvent, posts: readonly ModelPost[]): string | null {
  if (from.who.kind !== 'device' || !from.open) return null
  const { paired, address } = model.device(from.who.id)
  if (!goesOn(paired, at) || address === from.id) return null
  return posts.some(
    ({ to, message }) => to === from && message.type === 'error' && message.code === 'say-hello',
  )
    ? null
    : 'a device that is not told to say hello [R52]'
}

/** [R47] */
function resume(
  model: Model,
  { from, message, at }: ModelEvent,
  who: Viewer,
  posts: readonly ModelPost[],
): string | null {
  if (message?.type !== 'resume' || !from.open) return null
  const { device } = splitCameraId(message.camera)
  const call = model.call(device, message.call)
  const told = posts.filter(({ to }) => to === from).map(({ message: posted }) => posted)
  if (call === undefined || call.viewer !== who.id || call.camera !== message.camera) {
    return told.some((one) => one.type === 'error' && one.code === 'unknown-call')
      ? null
      : 'a call that is not the sender’s, resumed without a word [R47]'
  }
  if (!goesOn([call.live], at)) {
    const isIts = (one: object): boolean => 'call' in one && one.call === call.call
    const younger = model.movedAt(call) > from.connectedAt
    return younger || call.noted || told.some(isIts) ? null : 'the end of a call that is not told [R47]'
  }
  if (model.movedAt(call) < from.connectedAt) return 'a call that was not moved [R47]'
  const host = model.connections.get(model.device(device).address ?? '')
  if (host?.open !== true || !callMayGoOn(model, call, at)) return null
  return posts.some(({ to, message: posted }) => to === host && posted.type === 'resume')
    ? null
    : 'a viewer’s sign of life that its host did not get [R47]'
}

/** Also where the device was a moment ago, while that connection is open. */
function isOf(device: string, { who }: ModelConnection): boolean {
  return who.kind === 'device' && who.id === device
}

/** [R18] */
function repeatedHangup(
  model: Model,
  { message, at }: ModelEvent,
  who: Viewer,
  posts: readonly ModelPost[],
): string | null {
  if (message?.type !== 'hangup' || !('camera' in message)) return null
  const { device } = splitCameraId(message.camera)
  const call = model.call(device, message.call)
  const host = model.connections.get(model.device(device).address ?? '')
  if (call?.viewer !== who.id || call.camera !== message.camera || call.noted || host?.open !== true)
    return null
  if (at - call.live.to >= REPEAT_MS) return null
  return posts.some(({ to, message: posted }) => isOf(device, to) && posted.type === 'hangup')
    ? null
    : 'an end that its host did not hear [R18]'
}

/** [R14] */
function relay(
  model: Model,
  { from, at }: ModelEvent,
  posts: readonly ModelPost[],
  message: { readonly call: string; readonly camera?: string },
): string | null {
  const call = from.who.kind === 'device' ? model.call(from.who.id, message.call) : undefined
  if (message.camera !== undefined && message.camera !== call?.camera) return null
  const movedAt = call === undefined ? 0 : model.movedAt(call)
  const viewer = [...(call?.connections ?? [])]
    .map((one) => model.connections.get(one))
    .find((one) => one?.connectedAt === movedAt)
  if (call === undefined || !goesOn([call.live], at) || viewer?.open !== true) return null
  if (!model.maySeeOn(viewer.who, call.camera, at)) return null
  return posts.some(({ to }) => call.connections.has(to.id))
    ? null
    : 'a host’s word that its viewer did not get'
}

/**
 * [R36] [R41] What has to be over once nothing runs any more, also where rights were taken away while they were being
 * used. At a link's hour the home ends the call [R35].
 */
export function leftOver(model: Model, at: number): string | null {
  for (const call of model.calls.values()) {
    if (!goesOn([call.live], at) || mayStand(model, call, at)) continue
    const grant = model.grants.get(call.viewer)
    const hourIsOver = grant?.to.kind === 'link' && grant.to.until <= at
    if (!hourIsOver) return `call ${call.call} of ${call.viewer} goes on without a right to it`
  }
  for (const { id, who, open, listed } of model.connections.values()) {
    if (!open || !listed) continue
    if (who.kind === 'person' && !goesOn(model.standing(who), at))
      return `${id} is still told of changes after a sign-out`
    const grant = who.kind === 'guest' ? model.grants.get(who.id) : undefined
    if (grant !== undefined && !goesOn([grant.valid], at))
      return `${id} is still there after its link was revoked`
  }
  return null
}
