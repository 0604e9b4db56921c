import type { ToDevice, ToViewer } from '../../protocol/directions.ts'
import { splitCameraId } from '../../protocol/identifiers.ts'
import type { Change } from './change.ts'
import { asked, type ModelEvent, type ModelPost } from './event.ts'
import type { Model } from './model.ts'
import { endEarlier, endSpans } from './spans.ts'

const NO_END = Number.POSITIVE_INFINITY

/** What holds after a change that its sender might bring about. */
export function applyChange(model: Model, { at }: ModelEvent, change: Change): void {
  switch (change.kind) {
    case 'paired':
      model.device(change.device).paired.push({ from: at, to: NO_END })
      break
    case 'unpaired':
      unpair(model, change.device, at)
      break
    case 'code-set':
      model.device(change.device).code = { hash: change.hash, until: change.until }
      break
    case 'code-cleared':
      model.device(change.device).code = null
      break
    case 'granted': {
      const { grant: id, device, camera, to } = change
      const bound = to.kind === 'person' && to.person !== null ? { id: to.person, since: at } : null
      const valid = { from: at, to: NO_END }
      model.grants.set(id, {
        id,
        device,
        camera,
        valid,
        to: to.kind === 'link' ? to : { kind: 'person', email: to.email, person: bound },
      })
      break
    }
    case 'bound': {
      const to = model.grants.get(change.grant)?.to
      if (to?.kind === 'person') to.person = { id: change.person, since: at }
      break
    }
    case 'revoked':
      revoke(model, change.grant, at)
      break
    case 'address': {
      const device = model.device(change.device)
      if (change.to === null && device.leaseUntil <= at) device.foundLapsedAt = at
      device.address = change.to
      break
    }
    case 'instance': {
      const device = model.device(change.device)
      if (device.instance !== null) device.startedAnewAt = at
      device.instance = change.instance
      device.sequence = null
      break
    }
    case 'sequence':
      model.device(change.device).sequence = change.sequence
      break
    case 'lease':
      model.device(change.device).leaseUntil = change.until
      break
    case 'cameras':
      model.device(change.device).cameras = change.names
      break
    case 'person':
      model.proveEmail(change.person, change.email)
      break
    case 'owner':
      if (change.owner) model.makeOwner(change.person, at)
      else endSpans(model.ownerSpans(change.person), at)
      break
    case 'first-owner':
      model.firstOwner ??= change.person
      break
    case 'signed-out':
      model.signOut(change.person, change.at)
      break
    case 'disconnected': {
      const connection = model.connections.get(change.connection)
      if (connection !== undefined) connection.open = false
      break
    }
    case 'call': {
      const { outcome, call, camera, viewer, connection, role } = change
      const { device } = splitCameraId(camera)
      const known = model.call(device, call)
      if (outcome === 'retried' && known !== undefined) {
        known.connections.add(connection)
      } else {
        const live = { from: at, to: outcome === 'noted' ? at : NO_END }
        const connections = new Set([connection])
        const noted = outcome === 'noted'
        model.addCall({ call, device, camera, viewer, role, connections, live, noted, answeredOn: new Set() })
      }
      break
    }
    case 'call-moved':
      model.call(splitCameraId(change.camera).device, change.call)?.connections.add(change.connection)
      break
    case 'call-ended': {
      const call = model.call(change.device, change.call)
      if (call !== undefined) endSpans([call.live], at)
      break
    }
    case 'device-renamed':
    case 'camera-renamed':
    case 'camera-state':
    case 'regranted':
    case 'link':
      break
    case 'listed':
    case 'unlisted': {
      const connection = model.connections.get(change.connection)
      if (connection !== undefined) connection.listed = change.kind === 'listed'
    }
  }
}

/** Once the function is done with it. */
export function applyAnswer(model: Model, { from, message }: ModelEvent, posts: readonly ModelPost[]): void {
  if (message?.type !== 'answer' || !posts.some((post) => post.message.type === 'answer')) return
  const call = model.call(splitCameraId(message.camera).device, message.call)
  call?.answeredOn.add(from.id)
}

/** What was promised to whoever asked holds from now on, whether or not it was written. */
export function applyPromise(model: Model, event: ModelEvent, message: ToViewer | ToDevice): void {
  if (message.type !== 'reply' || message.result.kind !== 'done') return
  const { at, from } = event
  const revoked = asked(event, 'revoke-grant')
  if (revoked !== null) revoke(model, revoked.grant, at, endEarlier)
  const unpaired = asked(event, 'unpair-device')
  if (unpaired !== null) unpair(model, unpaired.device, at, endEarlier)
  const dismissed = asked(event, 'set-owner')
  if (dismissed?.owner === false) endEarlier(model.ownerSpans(dismissed.person), at)
  if (asked(event, 'sign-out-everywhere') !== null && from.who.kind === 'person')
    model.signOut(from.who.id, at)
}

function revoke(model: Model, id: string, at: number, end = endSpans): void {
  const grant = model.grants.get(id)
  if (grant !== undefined) end([grant.valid], at)
}

function unpair(model: Model, device: string, at: number, end = endSpans): void {
  end(model.device(device).paired, at)
  for (const grant of model.grants.values()) if (grant.device === device) end([grant.valid], at)
}
