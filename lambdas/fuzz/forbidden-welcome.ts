import type { ToDevice, ToViewer } from '../../protocol/directions.ts'
import { asked, type ModelEvent } from './event.ts'
import { callMustGoOn } from './forbidden-end.ts'
import { linkOf } from './link-of.ts'
import type { Model, ModelConnection } from './model.ts'
import { heldWithin } from './spans.ts'

const MINUTE_MS = 60_000

type Welcome = Extract<ToViewer | ToDevice, { type: 'welcome' }>

export function forbiddenViewerWelcome(
  model: Model,
  event: ModelEvent,
  to: ModelConnection,
  message: Welcome,
): string | null {
  const changed = to.greeted && 'id' in to.who && asked(event, 'set-owner')?.person === to.who.id
  if (!changed && (event.from !== to || event.message?.type !== 'hello')) return 'a welcome without a hello'
  if (!('cameras' in message)) return 'welcomed as a device'
  if (!model.hadStanding(to.who, event.at)) return 'welcomed after signing out [R36]'
  if (!rollsOver(event, to, message)) return 'welcomed for another time than its own [R46]'
  if (message.self.owner && !model.wasOwner(to.who, event.at)) return 'taken for an owner'
  for (const { camera, role, until } of message.cameras) {
    const right = model
      .rights(to.who, camera)
      .find((one) => one.role === role && heldWithin(one.spans, event.at, event.at))
    if (right === undefined) return `welcomed with a camera that it has no right to as ${role}`
    if (until !== linkOf(right.grant)?.until) return 'welcomed with another end of its right'
  }
  return null
}

export function forbiddenDeviceWelcome(
  model: Model,
  event: ModelEvent,
  to: ModelConnection,
  device: string,
  message: Welcome,
): string | null {
  if (event.from !== to || event.message?.type !== 'hello') return 'a welcome without a hello'
  if (!('device' in message)) return 'welcomed as a viewer'
  if (message.device !== device) return 'welcomed as another device'
  const paired = heldWithin(model.device(device).paired, event.at, event.at)
  if (message.paired && !paired) return 'welcomed as paired, and is not'
  if (!rollsOver(event, to, message)) return 'welcomed for another time than its own [R46]'
  const named = 'calls' in event.message ? (event.message.calls ?? []) : []
  return (message.ended ?? []).some((id) => !named.includes(id) || goesThroughAt(model, device, id, event.at))
    ? 'a call declared over that is not [R24]'
    : null
}

/** [R46] Within the last ten minutes of the two hours, and at the same moment by each welcome. */
function rollsOver({ at }: ModelEvent, to: ModelConnection, { rollOverMs }: Welcome): boolean {
  if (rollOverMs === undefined) return false
  const atAge = at + rollOverMs - to.connectedAt
  if (atAge < 110 * MINUTE_MS) return false
  if (rollOverMs === 0) return to.rollOverAt === null || to.rollOverAt <= at
  to.rollOverAt ??= at + rollOverMs
  return to.rollOverAt === at + rollOverMs && atAge < 120 * MINUTE_MS
}

/** Not one that begins in this very moment: it may have been looked for before there was one. */
function goesThroughAt(model: Model, device: string, id: string, at: number): boolean {
  const call = model.call(device, id)
  return call !== undefined && call.live.from < at && callMustGoOn(model, call, at)
}
