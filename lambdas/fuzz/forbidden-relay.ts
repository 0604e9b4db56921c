import { isDeepStrictEqual } from 'node:util'
import type { ToDevice, ToViewer } from '../../protocol/directions.ts'
import type { ModelEvent } from './event.ts'
import { isUnanswered } from './forbidden-end.ts'
import { LINGER_MS, type Model, type ModelCall, type ModelConnection, type Viewer } from './model.ts'
import { heldWithin } from './spans.ts'

type Posted<Type extends (ToViewer | ToDevice)['type']> = Extract<ToViewer | ToDevice, { type: Type }>

/** [R14] [R34] a host’s word, to the viewer of its call. */
export function forbiddenFromHost(
  model: Model,
  event: ModelEvent,
  to: ModelConnection,
  who: Viewer,
  message: Posted<'offer' | 'candidates' | 'alive' | 'hangup' | 'error'>,
): string | null {
  const { from, at } = event
  if (from.who.kind !== 'device') return 'a host’s word that no host said'
  if (!isDeepStrictEqual(message, event.message)) return 'not what the host said'
  const call = model.call(from.who.id, message.call ?? '')
  if ('camera' in message && message.camera !== call?.camera) return 'a call of another camera'
  if (call === undefined || call.viewer !== who.id || !call.connections.has(to.id))
    return 'somebody else’s call [R14]'
  return (
    relayed(model, event, call, message) ??
    (heldWithin(model.device(from.who.id).paired, at - LINGER_MS, at)
      ? null
      : 'from a device that is not paired')
  )
}

/** [R14] [R34] a viewer’s word, to the host of its call. */
export function forbiddenFromViewer(
  model: Model,
  event: ModelEvent,
  device: string,
  message: Posted<'answer' | 'candidates' | 'alive' | 'resume' | 'hangup'>,
): string | null {
  const { who } = event.from
  if (who.kind !== 'person' && who.kind !== 'guest') return 'a viewer’s word that no viewer said'
  if (!isDeepStrictEqual(message, event.message)) return 'not what the viewer said'
  const call = model.call(device, message.call)
  if (call === undefined || call.viewer !== who.id) return 'somebody else’s call [R14]'
  if (!('camera' in message) || message.camera !== call.camera) return 'a call of another camera'
  return relayed(model, event, call, message)
}

/** [R18] For so long an end may be said again, for it may have been lost. */
export const REPEAT_MS = 10 * 60_000

/** The right is that of whoever made the call, on any connection from which it was made. */
function relayed(
  model: Model,
  { at }: ModelEvent,
  call: ModelCall,
  message: Posted<'offer' | 'answer' | 'candidates' | 'alive' | 'resume' | 'hangup' | 'error'>,
): string | null {
  const ends = message.type === 'hangup' || message.type === 'error'
  if (call.noted && call.live.to < at) return 'a word of a call that never began'
  if (!heldWithin([call.live], at - (ends ? REPEAT_MS : LINGER_MS), at))
    return 'a call that is long over [R18]'
  const made = [...call.connections].map((id) => model.connections.get(id)?.who)
  const had = made.some((who) => who !== undefined && model.mightSee(who, call.camera, at - LINGER_MS, at))
  return ends || had || isUnanswered(model, call, at) ? null : 'a right that is long over [R34]'
}
