import { isDeepStrictEqual } from 'node:util'
import type { IncomingCall } from '../../protocol/call.ts'
import type { ToDevice, ToViewer } from '../../protocol/directions.ts'
import { parseToDevice, parseToViewer } from '../../protocol/frame.ts'
import { splitCameraId } from '../../protocol/identifiers.ts'
import type { Reply } from '../../protocol/reply.ts'
import { asked, type ModelEvent, replacedBy } from './event.ts'
import { connectionOver, forbiddenConnectionEnd, forbiddenHangup } from './forbidden-end.ts'
import { forbiddenFromHost, forbiddenFromViewer } from './forbidden-relay.ts'
import { forbiddenDeviceWelcome, forbiddenViewerWelcome } from './forbidden-welcome.ts'
import { linkOf } from './link-of.ts'
import type { Model, ModelCall, ModelConnection, Viewer } from './model.ts'
import { heldWithin } from './spans.ts'

type Posted<Type extends (ToViewer | ToDevice)['type']> = Extract<ToViewer | ToDevice, { type: Type }>

/** Why this message may not be posted to this connection in the course of the event; null when it may. */
export function forbiddenPost(
  model: Model,
  event: ModelEvent,
  to: ModelConnection,
  message: ToViewer | ToDevice,
): string | null {
  if (to.who.kind === 'nobody') return toNobody(event, to, message)
  const understood = to.who.kind === 'device' ? parseToDevice : parseToViewer
  const parsed = understood(JSON.stringify(message))
  if (!parsed.ok) return `the receiver does not understand it: ${parsed.error.detail}`
  // A viewer's hangup names its camera besides.
  if (message.type !== 'hangup' && !isDeepStrictEqual(parsed.message, message)) {
    return 'it says more than the protocol has'
  }
  return to.who.kind === 'device'
    ? toDevice(model, event, to, to.who.id, message as ToDevice)
    : toViewer(model, event, to, to.who, message as ToViewer)
}

/** [R30] */
function toNobody(event: ModelEvent, to: ModelConnection, message: ToViewer | ToDevice): string | null {
  if (event.from !== to) return 'somebody else’s word to nobody'
  const { who } = to
  const told = who.kind === 'nobody' && message.type === 'error' && message.code === who.reason
  return told ? null : 'nobody is told more than why it is nobody'
}

function toViewer(
  model: Model,
  event: ModelEvent,
  to: ModelConnection,
  who: Viewer,
  message: ToViewer,
): string | null {
  switch (message.type) {
    case 'welcome':
      return forbiddenViewerWelcome(model, event, to, message)
    case 'presence':
      if (!to.greeted) return 'presence for a viewer that has not said hello [R3]'
      if (message.state === 'removed') {
        return model.mightSee(who, message.camera, Number.NEGATIVE_INFINITY, event.at)
          ? null
          : 'the end of a camera that the viewer never saw'
      }
      return model.mightSee(who, message.camera, event.at, event.at) ? null : 'presence without a right'
    case 'watching':
      if (!to.greeted) return 'watching for a connection that has not said hello'
      return model.wasOwner(who, event.at) ? null : 'who watches is for owners alone [R45]'
    case 'reply':
      return reply(model, event, to, message)
    case 'offer':
    case 'candidates':
    case 'alive':
      return forbiddenFromHost(model, event, to, who, message)
    case 'hangup':
      return event.from.who.kind === 'device' && event.message?.type === 'hangup'
        ? forbiddenFromHost(model, event, to, who, message)
        : forbiddenHangup(model, event, callsOf(model, who, message.call))
    case 'error':
      if (event.from.who.kind === 'device' && event.from !== to)
        return forbiddenFromHost(model, event, to, who, message)
      return event.from === to
        ? refusal(model, event, message)
        : forbiddenConnectionEnd(model, event, to, message)
  }
}

function toDevice(
  model: Model,
  event: ModelEvent,
  to: ModelConnection,
  device: string,
  message: ToDevice,
): string | null {
  switch (message.type) {
    case 'welcome':
      return forbiddenDeviceWelcome(model, event, to, device, message)
    case 'paired': {
      const claim = asked(event, 'claim-device')
      if (claim?.device !== device || claim.label !== message.label) return 'paired without a claim of it'
      return heldWithin(model.device(device).paired, event.at, event.at) ? null : 'told paired, and is not'
    }
    case 'reply':
      return reply(model, event, to, message)
    case 'call':
      return incomingCall(model, event, to, device, message)
    case 'answer':
    case 'candidates':
    case 'alive':
    case 'resume':
      return forbiddenFromViewer(model, event, device, message)
    case 'hangup': {
      const call = model.call(device, message.call)
      return event.message?.type === 'hangup' && event.from.who.kind !== 'device'
        ? forbiddenFromViewer(model, event, device, message)
        : forbiddenHangup(model, event, call === undefined ? [] : [call])
    }
    case 'error':
      if (event.from === to || isReplaced(event, to, message.code)) return null
      // [R52] It may be there after all.
      if (message.code === 'say-hello' && model.device(device).foundLapsedAt === event.at) return null
      return 'an error that is not for its sender'
  }
}

/** [R11] [R33] [R35] what the host is told of a call, and that it is told at all. */
function incomingCall(
  model: Model,
  event: ModelEvent,
  to: ModelConnection,
  device: string,
  told: IncomingCall,
): string | null {
  const { message, from, at } = event
  if (message?.type !== 'call' || (from.who.kind !== 'person' && from.who.kind !== 'guest'))
    return 'a call that no viewer made'
  if (!to.greeted) return 'a call for a device that has not said hello [R3]'
  if (told.call !== message.call || told.camera !== message.camera) return 'another call than the viewer made'
  if (splitCameraId(told.camera).device !== device) return 'a call for a camera of another device'
  if (told.who !== from.who.id) return 'a call in the name of somebody else'
  const right = model
    .rights(from.who, told.camera)
    .find((one) => one.role === told.role && heldWithin(one.spans, at, at))
  if (right === undefined) return `a call without a right to it as ${told.role}`
  const link = linkOf(right.grant)
  if (told.leftMs !== (link === undefined ? undefined : Math.max(0, link.until - at)))
    return 'a call with another end of its right'
  if (told.link?.grant !== (link && right.grant?.id) || told.link?.max !== link?.max)
    return 'a call by another link'
  if (told.takeOver === true && (told.role !== 'owner' || message.takeOver !== true))
    return 'a take-over by who may not [R37]'
  if (told.replaces !== replacedBy(message)) return 'a call that replaces another than the viewer named [R48]'
  const other = model.call(device, told.call)
  return other !== undefined && (other.viewer !== from.who.id || other.camera !== told.camera)
    ? 'the id of somebody else’s call [R13]'
    : null
}

function reply(model: Model, event: ModelEvent, to: ModelConnection, { id, result }: Reply): string | null {
  const { message, from, at } = event
  if (from !== to || message?.type !== 'request' || message.id !== id)
    return 'a reply to somebody else’s request'
  if (result.kind === 'refused') return null
  const { op } = message.ask
  if (op === 'start-pairing') return from.who.kind === 'device' ? null : 'pairing of what is no device'
  if (!model.hadStanding(from.who, at)) return 'done for one who has signed out [R36]'
  if (op === 'sign-out-everywhere')
    return from.who.kind === 'person' ? null : 'a guest has nothing to sign out of'
  if (!model.wasOwner(from.who, at)) return `${op}, done for one who is no owner [R44]`
  const devices = op === 'list-devices' ? (result.answer['devices'] as { device: string }[]) : []
  const unpaired = devices.some(({ device }) => !heldWithin(model.device(device).paired, at, at))
  return unpaired ? 'a list with a device that is not paired' : null
}

/** What a refusal tells must not be more than its receiver may know. */
function refusal(model: Model, event: ModelEvent, { code }: Posted<'error'>): string | null {
  const { message, from, at } = event
  if (code === 'link-revoked' || code === 'link-expired' || code === 'signed-out') {
    return connectionOver(model, from, at) ? null : `${code} to one who is not`
  }
  if (message?.type !== 'call' || model.mightSee(from.who, message.camera, at, at)) return null
  // Of its own calls it may hear that they are over, also when the right to them is.
  const { device } = splitCameraId(message.camera)
  const own = model.call(device, message.call) !== undefined || code === 'call-ended'
  return code === 'unknown-camera' || code === 'internal' || own
    ? null
    : `told ${code} of a camera that is not to be told of [R11]`
}

function callsOf(model: Model, who: Viewer, call: string): ModelCall[] {
  return [...model.calls.values()].filter((one) => one.call === call && one.viewer === who.id)
}

/** [R5] By a program with the same key, which has just said hello. */
function isReplaced({ from, message }: ModelEvent, to: ModelConnection, code: string): boolean {
  const { who } = from
  if (code !== 'replaced' || message?.type !== 'hello' || who.kind !== 'device') return false
  return to.who.kind === 'device' && to.who.id === who.id && from.connectedAt >= to.connectedAt
}
