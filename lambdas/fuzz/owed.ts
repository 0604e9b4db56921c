import { cameraId, splitCameraId } from '../../protocol/identifiers.ts'
import { asked, type ModelEvent, type ModelPost } from './event.ts'
import type { Model, Viewer } from './model.ts'
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
    case 'request':
      return posts.some((post) => post.message.type === 'reply' && post.message.result.kind === 'done')
        ? afterwards(model, event)
        : null
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

/** [R36] [R41] */
function afterwards(model: Model, event: ModelEvent): string | null {
  const { at, from } = event
  const grant = model.grants.get(asked(event, 'revoke-grant')?.grant ?? '')
  const out = asked(event, 'sign-out-everywhere') === null || !('id' in from.who) ? null : from.who.id
  const unpaired = asked(event, 'unpair-device')?.device
  if (grant !== undefined && grant.valid.to !== at) return null
  for (const { who, open, listed } of model.connections.values()) {
    if (!open || !listed) continue
    if (who.kind === 'guest' && who.id === grant?.id)
      return 'a guest of a revoked link that is still connected'
    if (who.kind === 'person' && who.id === out && who.authenticatedAt <= at)
      return 'a connection from before the sign-out'
    if (who.kind === 'guest' && who.device === unpaired)
      return 'a guest of an unpaired device that is still connected'
  }
  for (const { device, camera, viewer, live, connections } of model.calls.values()) {
    const [by] = [...connections].map((id) => model.connections.get(id)?.who)
    const ended =
      device === unpaired || viewer === out || (grant?.camera === camera && viewer === viewerOf(grant))
    if (ended && goesOn([live], at) && by !== undefined && !model.maySeeOn(by, camera, at)) {
      return 'a call that goes on without a right to it'
    }
  }
  return null
}

function viewerOf({
  id,
  to,
}: {
  id: string
  to: { kind: 'link' } | { kind: 'person'; person: { id: string } | null }
}) {
  return to.kind === 'link' ? id : to.person?.id
}
