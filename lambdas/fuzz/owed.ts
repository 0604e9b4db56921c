import { cameraId, splitCameraId } from '../../protocol/identifiers.ts'
import type { ModelEvent, ModelPost } from './event.ts'
import { callMayGoOn } from './forbidden-end.ts'
import type { Model, ModelCall, Viewer } from './model.ts'
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
    if (message.type === 'hello') return endedCalls(model, event, posts)
    return message.type === 'offer' || message.type === 'candidates'
      ? relay(model, event, posts, message.call)
      : null
  }
  if (who.kind === 'nobody') return null
  switch (message.type) {
    case 'hello':
      return message.protocol === 1 && from.open ? welcome(model, event, who, posts) : null
    case 'call':
      return call(model, event, who, posts)
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
  return posts.some(({ to, message: posted }) => to === host && posted.type === 'call')
    ? null
    : 'no call for the host'
}

/** [R14] */
function relay(
  model: Model,
  { from, at }: ModelEvent,
  posts: readonly ModelPost[],
  id: string,
): string | null {
  const call = from.who.kind === 'device' ? model.call(from.who.id, id) : undefined
  const viewer = model.connections.get([...(call?.connections ?? [])].at(-1) ?? '')
  if (call === undefined || !goesOn([call.live], at) || viewer?.open !== true) return null
  if (!model.maySeeOn(viewer.who, call.camera, at)) return null
  return posts.some(({ to }) => call.connections.has(to.id))
    ? null
    : 'a host’s word that its viewer did not get'
}

/** A call that was made while the right to it was taken away may stand until it is answered [R34]. */
function mayStand(model: Model, call: ModelCall, at: number): boolean {
  return callMayGoOn(model, call, at) || (!call.answered && goesOn([call.live], at))
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
