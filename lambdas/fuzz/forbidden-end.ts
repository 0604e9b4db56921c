import type { ErrorMessage } from '../../protocol/error.ts'
import type { ModelEvent } from './event.ts'
import type { Model, ModelCall, ModelConnection } from './model.ts'
import { goesOn } from './spans.ts'

/** [R36] [R41] the cloud’s own hangup: of a call whose right is over. */
export function forbiddenHangup(
  model: Model,
  { at }: ModelEvent,
  calls: readonly ModelCall[],
): string | null {
  const [call] = calls
  if (call === undefined) return 'a hangup of somebody else’s call'
  const over = calls.some((one) => !callMustGoOn(model, one, at))
  return over ? null : 'a hangup by the cloud of a call that its viewer may make'
}

export function callMayGoOn(model: Model, call: ModelCall, at: number): boolean {
  if (!goesOn([call.live], at)) return false
  return [...call.connections, ...call.answeredOn].some((id) => {
    const connection = model.connections.get(id)
    return connection !== undefined && model.maySeeOn(connection.who, call.camera, at, call.role)
  })
}

/** A call that was made while the right to it was taken away may stand until it is answered [R34]. */
export function mayStand(model: Model, call: ModelCall, at: number): boolean {
  return callMayGoOn(model, call, at) || (goesOn([call.live], at) && isUnanswered(model, call, at))
}

/** Without an answer nothing is seen, and with it the right is read again [R34]. */
export function isUnanswered(model: Model, call: ModelCall, at: number): boolean {
  const { from } = call.live
  const lostWhenMade = [...call.connections].some((id) => {
    const who = model.connections.get(id)?.who
    return (
      who !== undefined &&
      model.mightSee(who, call.camera, from, from) &&
      !model.mightSee(who, call.camera, from + 1, at)
    )
  })
  return call.answeredOn.size === 0 && lostWhenMade
}

/** Nobody but its ends may end it. */
export function callMustGoOn(model: Model, call: ModelCall, at: number): boolean {
  if (!goesOn([call.live], at)) return false
  return [...call.connections].some((id) => {
    const connection = model.connections.get(id)
    return connection !== undefined && model.sawThroughout(connection.who, call.camera, at, call.role)
  })
}

/** [R36] */
export function forbiddenConnectionEnd(
  model: Model,
  { at }: ModelEvent,
  to: ModelConnection,
  { code, call }: ErrorMessage,
): string | null {
  if (call !== undefined) return 'an error about a call from one who is not in it'
  if (code !== 'link-revoked' && code !== 'signed-out' && code !== 'link-expired')
    return 'somebody else’s error'
  return connectionOver(model, to, at) ? null : `${code} to one who is not`
}

export function connectionOver(model: Model, { who }: ModelConnection, at: number): boolean {
  if (who.kind === 'person') return !goesOn(model.standing(who), at)
  const grant = who.kind === 'guest' ? model.grants.get(who.id) : undefined
  return grant === undefined || !model.maySeeOn(who, grant.camera, at)
}
