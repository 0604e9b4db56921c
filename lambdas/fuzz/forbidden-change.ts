import { splitCameraId } from '../../protocol/identifiers.ts'
import { PAIRING_CODE_MS } from '../../protocol/operations.ts'
import type { Change } from './change.ts'
import { asked, type ModelEvent } from './event.ts'
import { endsCall, movesCall, opensCall } from './forbidden-call.ts'
import { callMustGoOn, connectionOver } from './forbidden-end.ts'
import { type Model, secretHash } from './model.ts'
import { goesOn, heldWithin } from './spans.ts'

type ChangeOf<Kind extends Change['kind']> = Extract<Change, { kind: Kind }>

/** Why the sender of the event may not bring this change about; null when it may. */
export function forbiddenChange(model: Model, event: ModelEvent, change: Change): string | null {
  const { from, message, at } = event
  const { who } = from
  const owner = model.wasOwner(who, at)
  const isSelf = (device: string): boolean => who.kind === 'device' && who.id === device
  switch (change.kind) {
    case 'paired':
      return claims(model, event, change)
    case 'unpaired':
      return by(owner && asked(event, 'unpair-device')?.device === change.device, 'unpaired')
    case 'device-renamed': {
      const ask = asked(event, 'rename-device')
      return by(owner && ask?.device === change.device && ask.label === change.label, 'a device renamed')
    }
    case 'camera-renamed': {
      const ask = asked(event, 'rename-camera')
      return by(owner && ask?.camera === change.camera && ask.label === change.label, 'a camera renamed')
    }
    case 'code-set': {
      const ask = asked(event, 'start-pairing')
      const own =
        isSelf(change.device) && ask?.codeHash === change.hash && change.until === at + PAIRING_CODE_MS
      return by(own && !goesOn(model.device(change.device).paired, at), 'a pairing code set [R39]')
    }
    case 'code-cleared': {
      const { code, paired } = model.device(change.device)
      const over = code === null || code.until <= at || heldWithin(paired, at, at)
      return by(over || isSelf(change.device), 'a pairing code taken away')
    }
    case 'granted':
      return by(owner && grants(model, event, change), 'granted')
    case 'regranted':
      return 'a grant changed after it was given'
    case 'bound':
      return by(binds(model, event, change), 'a grant bound to a person [R33]')
    case 'revoked': {
      const grant = model.grants.get(change.grant)
      const ask = asked(event, 'revoke-grant')
      const over =
        grant === undefined ||
        !goesOn([grant.valid], at) ||
        (grant.to.kind === 'link' && grant.to.until <= at)
      const unpairs = asked(event, 'unpair-device')?.device === change.device
      return by(
        over || (owner && (unpairs || (ask?.grant === change.grant && ask.camera === grant.camera))),
        'revoked',
      )
    }
    case 'address': {
      if (change.to !== null) {
        const greets = isSelf(change.device) && message?.type === 'hello' && change.to === from.id
        return by(greets, 'the address of a device changed [R5]')
      }
      const gone = change.from === null || model.connections.get(change.from)?.open !== true
      const unpairs = owner && asked(event, 'unpair-device')?.device === change.device
      const lapsed = model.device(change.device).leaseUntil <= at
      return by(gone || unpairs || lapsed, 'a device declared gone')
    }
    case 'instance': {
      const greets =
        isSelf(change.device) && message?.type === 'hello' && message.instance === change.instance
      const { address, leaseUntil } = model.device(change.device)
      const there = leaseUntil > at ? model.connections.get(address ?? '') : undefined
      const older = there !== undefined && there.connectedAt > from.connectedAt
      return by(greets && !older, 'a device taken over [R5]')
    }
    case 'sequence': {
      const said = message?.type === 'hello' || message?.type === 'status' ? message : null
      const own = said !== null && 'cameras' in said && said.sequence === change.sequence
      return by(change.sequence === null || (own && isSelf(change.device)), 'a device’s count [R50]')
    }
    case 'lease':
      return by(
        isSelf(change.device) || (owner && asked(event, 'unpair-device') !== null),
        'the lease of a device renewed [R28]',
      )
    case 'cameras': {
      const unpairs =
        owner && asked(event, 'unpair-device')?.device === change.device && change.names.length === 0
      const greets = isSelf(change.device) && message?.type === 'hello' && isNews(model, event)
      return by(greets || unpairs, 'the cameras of a device changed')
    }
    case 'camera-state':
      return by(
        isSelf(change.device) &&
          (message?.type === 'hello' || message?.type === 'status') &&
          isNews(model, event),
        'the state of a camera changed',
      )
    case 'person':
      return by(
        who.kind === 'person' &&
          who.id === change.person &&
          change.email === who.email &&
          change.name === who.name,
        'a person written',
      )
    case 'owner': {
      if (change.owner && who.kind === 'person' && who.id === change.person && model.firstOwner === who.id)
        return null
      const ask = asked(event, 'set-owner')
      return by(
        owner && ask?.person === change.person && ask.owner === change.owner,
        'an owner made or dismissed',
      )
    }
    case 'first-owner': {
      const proves = who.kind === 'person' && who.id === change.person && who.email === change.email
      const first = model.firstOwner ?? change.person
      return by(
        proves && change.email === model.ownerEmail && change.holder === first,
        'the first owner [R33]',
      )
    }
    case 'signed-out':
      return by(
        who.kind === 'person' &&
          who.id === change.person &&
          change.at === at &&
          model.hadStanding(who, at) &&
          asked(event, 'sign-out-everywhere') !== null,
        'signed out',
      )
    case 'link': {
      const ask = asked(event, 'grant-by-link')
      const his = ask?.hash === change.hash && splitCameraId(ask.camera).device === change.device
      return by(owner && his, 'a link made')
    }
    case 'listed':
      return lists(model, event, change)
    case 'unlisted':
    case 'disconnected':
      return endsConnection(model, event, change.connection)
    case 'call':
      return opensCall(model, event, change)
    case 'call-moved':
      return movesCall(model, event, change)
    case 'call-ended': {
      const call = model.call(change.device, change.call)
      return call === undefined || !callMustGoOn(model, call, at) ? null : endsCall(model, event, call)
    }
  }
}

/** [R50] Nothing that is older than what was said before, or the same. */
function isNews(model: Model, { from: { who }, message }: ModelEvent): boolean {
  if (who.kind !== 'device' || message === null || !('sequence' in message)) return true
  const { sequence } = model.device(who.id)
  return sequence === null || message.sequence === undefined || message.sequence > sequence
}

function by(allowed: boolean, what: string): string | null {
  return allowed ? null : `${what} by who may not`
}

/** [R39] */
function claims(model: Model, event: ModelEvent, { device, label }: ChangeOf<'paired'>): string | null {
  const ask = asked(event, 'claim-device')
  const { code, paired } = model.device(device)
  const right = ask?.device === device && ask.label === label && secretHash(ask.code) === code?.hash
  const fresh = code !== null && event.at <= code.until && !goesOn(paired, event.at)
  return by(model.wasOwner(event.from.who, event.at) && right && fresh, 'a device claimed')
}

function grants(model: Model, event: ModelEvent, { device, camera, to }: ChangeOf<'granted'>): boolean {
  const byLink = asked(event, 'grant-by-link')
  const toPerson = asked(event, 'grant-to-person')
  const ask = to.kind === 'link' ? byLink : toPerson
  if (ask?.camera !== camera || splitCameraId(camera).device !== device) return false
  if (!heldWithin(model.device(device).paired, event.at, event.at)) return false
  if (to.kind === 'link')
    return byLink?.label === to.label && byLink.until === to.until && byLink.max === to.max
  const email = toPerson?.email.toLowerCase()
  return to.email === email && (to.person === null || model.provenEmail(to.person) === email)
}

/** By that person's hello, or by the owner's request: the address may be proven while the owner is granting to it. */
function binds(model: Model, event: ModelEvent, { grant, person }: ChangeOf<'bound'>): boolean {
  const { from, message, at } = event
  const { who } = from
  const to = model.grants.get(grant)?.to
  if (to?.kind !== 'person' || to.person !== null) return false
  if (who.kind === 'person' && who.id === person && message?.type === 'hello')
    return who.email === to.email && model.hadStanding(who, at)
  const email = asked(event, 'grant-to-person')?.email.toLowerCase()
  return model.wasOwner(who, at) && to.email === email && model.provenEmail(person) === email
}

/** Who is told of changes, and whether as an owner [R25] [R45]. */
function lists(
  model: Model,
  event: ModelEvent,
  { connection, viewer, owner }: ChangeOf<'listed'>,
): string | null {
  const { from, message, at } = event
  const listed = model.connections.get(connection)
  if (listed === undefined || !('id' in listed.who) || listed.who.id !== viewer)
    return 'a connection listed as somebody else’s'
  if (!model.hadStanding(listed.who, at) || (owner && !model.wasOwner(listed.who, at)))
    return 'a connection listed as what it is not'
  const greets = message?.type === 'hello' && listed === from
  const changed = model.wasOwner(from.who, at) && asked(event, 'set-owner')?.person === viewer
  return by(greets || changed, 'a connection listed')
}

function endsConnection(
  model: Model,
  { from, at, kind, message }: ModelEvent,
  connection: string,
): string | null {
  const target = model.connections.get(connection)
  if (target?.open !== true) return null
  if (target === from && (kind === 'disconnect' || from.who.kind === 'nobody')) return null
  if (target.who.kind === 'device') {
    const unpaired = !goesOn(model.device(target.who.id).paired, at)
    const older = from.who.kind === 'device' && from.who.id === target.who.id && message?.type === 'hello'
    return by(unpaired || older || target === from, 'a device disconnected')
  }
  return by(connectionOver(model, target, at), 'a viewer disconnected')
}
