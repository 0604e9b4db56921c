import { splitCameraId } from '../../protocol/identifiers.ts'
import type { Change } from './change.ts'
import { type ModelEvent, replacedBy } from './event.ts'
import type { Model, ModelCall } from './model.ts'
import { heldWithin } from './spans.ts'

type ChangeOf<Kind extends Change['kind']> = Extract<Change, { kind: Kind }>

/** [R47] Where the viewer of a call is, by its own word, and not by an older one. */
export function movesCall(
  model: Model,
  { from, message }: ModelEvent,
  change: ChangeOf<'call-moved'>,
): string | null {
  const { who } = from
  const call = model.call(splitCameraId(change.camera).device, change.call)
  const says = message?.type === 'resume' && message.call === change.call && message.camera === change.camera
  const own = 'id' in who && who.id === change.viewer && change.connection === from.id
  const his = call?.viewer === change.viewer && call.camera === change.camera
  if (call === undefined || !says || !own || !his) return 'somebody else’s call moved [R47]'
  return by(model.movedAt(call) <= from.connectedAt, 'a call moved back to an older connection [R47]')
}

/** [R14] [R48] [R51] by one of its ends. */
export function endsCall(model: Model, { from, message, at }: ModelEvent, call: ModelCall): string | null {
  const { who } = from
  const names = message !== null && 'call' in message && message.call === call.call
  const replaces =
    message?.type === 'call' && replacedBy(message) === call.call && message.camera === call.camera
  const viewers =
    (who.kind === 'person' || who.kind === 'guest') && who.id === call.viewer && (names || replaces)
  const greets = message?.type === 'hello' && 'cameras' in message ? message : null
  const lost =
    greets !== null &&
    model.device(call.device).startedAnewAt === at &&
    !(greets.calls ?? []).includes(call.call) &&
    call.live.from < from.connectedAt
  const hosts = who.kind === 'device' && who.id === call.device && (names || lost)
  return by(viewers || hosts, 'somebody else’s call ended [R14]')
}

/** [R11] [R12] [R13]; [R14] [R48] for one that is over before it began. */
export function opensCall(
  model: Model,
  { from, message, at }: ModelEvent,
  change: ChangeOf<'call'>,
): string | null {
  const { who } = from
  if (who.kind !== 'person' && who.kind !== 'guest') return 'a call opened by what is no viewer'
  if (change.viewer !== who.id || change.connection !== from.id)
    return 'a call opened in the name of somebody else'
  const replaced = replacedBy(message) === change.call
  if (message === null || !('call' in message) || (message.call !== change.call && !replaced))
    return 'a call that its sender did not make'
  if (!('camera' in message) || message.camera !== change.camera) return 'a call of another camera'
  // A hangup that has overtaken its call is noted, or finds the call that has come meanwhile.
  if (message.type === 'hangup' || replaced) {
    const might = model.mightSee(who, change.camera, at, at)
    return by(change.outcome !== 'opened' && might, 'an end noted')
  }
  if (message.type !== 'call' || change.outcome === 'noted') return 'a call opened by another message'
  const rights = model.rights(who, change.camera).filter(({ spans }) => heldWithin(spans, at, at))
  const known = model.call(splitCameraId(change.camera).device, change.call)
  if (known?.noted === false && (known.viewer !== who.id || known.camera !== change.camera))
    return 'the id of somebody else’s call [R13]'
  return by(
    rights.some(
      ({ role, grant }) =>
        role === change.role && change.until === (grant?.to.kind === 'link' ? grant.to.until : null),
    ),
    'a call opened',
  )
}

function by(allowed: boolean, what: string): string | null {
  return allowed ? null : `${what} by who may not`
}
