import { splitCameraId } from '../../protocol/identifiers.ts'
import type { CallAddress, Store } from '../core/ports.ts'
import type { CallRecord, ConnectionRecord, DeviceRecord, LinkRecord, PersonRecord } from '../core/records.ts'
import type { KeySetRecord, KeySetStore, TokenStore } from '../door/ports.ts'
import { epochSeconds } from '../store/expiry.ts'

/** The stores' contract without a database: the tests and models of core and door run on it. */
export function createMemoryStore(now: () => number): Store & TokenStore & KeySetStore {
  const devices = createShelf<DeviceRecord>(now)
  const people = createShelf<PersonRecord>(now)
  const firstOwners = new Map<string, string>()
  const links = createShelf<LinkRecord>(now)
  const places = createShelf<string>(now)
  const connections = createShelf<ConnectionRecord>(now)
  const calls = createShelf<CallRecord>(now)
  const tokens = createShelf<true>(now)
  const keySets = new Map<string, KeySetRecord>()

  const callKey = (device: string, call: string): string => `${device} ${call}`
  const ofDevice = (call: CallRecord): string => splitCameraId(call.camera).device
  const move = (key: string, known: CallRecord, to: CallAddress): CallRecord | null => {
    if (known.viewerConnectedAt > to.viewerConnectedAt) return null
    const { viewerConnection, viewerConnectedAt } = to
    const moved: CallRecord = { ...known, viewerConnection, viewerConnectedAt }
    calls.change(key, moved)
    return moved
  }

  return {
    async getDevice(id) {
      return devices.get(id)
    },
    async listDevices() {
      return devices.list()
    },
    async putDevice(device, readRevision) {
      if ((devices.get(device.id)?.revision ?? null) !== readRevision) return 'conflict'
      const { expiresAt } = device
      const kept = expiresAt === null ? null : epochSeconds(expiresAt) * 1000
      devices.put(device.id, { ...device, expiresAt: kept }, kept)
      return 'saved'
    },

    async getPerson(person) {
      return people.get(person)
    },
    async listPeople() {
      return people.list()
    },
    async putPerson(person, readRevision) {
      if ((people.get(person.person)?.revision ?? null) !== readRevision) return 'conflict'
      people.put(person.person, person, null)
      return 'saved'
    },
    async getPersonAndDevice(person, device) {
      return { person: people.get(person), device: devices.get(device) }
    },
    async bindFirstOwner(email, person) {
      const first = firstOwners.get(email) ?? person
      firstOwners.set(email, first)
      return first
    },

    async getLink(hash) {
      return links.get(hash)
    },
    async addLink(link, expiresAtMs) {
      return links.add(link.hash, link, expiresAtMs)
    },

    async takePlace(place, device, expiresAtMs) {
      if ((places.get(String(place)) ?? device) !== device) return false
      places.put(String(place), device, expiresAtMs)
      return true
    },
    async freePlace(place, device) {
      if (places.get(String(place)) === device) places.remove(String(place))
    },

    async addConnection(connection, expiresAtMs) {
      connections.put(connection.connection, connection, expiresAtMs)
    },
    async relistConnection(connection, expiresAtMs) {
      if (connections.get(connection.connection) === null) return
      connections.put(connection.connection, connection, expiresAtMs)
    },
    async removeConnection(connection) {
      connections.remove(connection)
    },
    async listConnections() {
      return connections.list()
    },

    async openCall(call, expiresAtMs) {
      const key = callKey(ofDevice(call), call.call)
      if (calls.add(key, call, expiresAtMs)) return 'opened'
      const known = calls.get(key)
      if (known?.viewer !== call.viewer || known.camera !== call.camera) return 'taken'
      if (known.state === 'ended') return 'ended'
      move(key, known, call)
      return 'retried'
    },
    async moveCall(to) {
      const key = callKey(splitCameraId(to.camera).device, to.call)
      const known = calls.get(key)
      if (known === null || known.state === 'ended') return null
      return known.viewer === to.viewer && known.camera === to.camera ? move(key, known, to) : null
    },
    async endCall(device, call, reason, atMs) {
      const key = callKey(device, call)
      const known = calls.get(key)
      if (known === null || known.state === 'ended') return null
      const ended: CallRecord = { ...known, state: 'ended', endedAt: atMs, endReason: reason }
      calls.change(key, ended)
      return ended
    },
    async getCall(device, call) {
      return calls.get(callKey(device, call))
    },
    async getCallAndDevice(device, call) {
      return { call: calls.get(callKey(device, call)), device: devices.get(device) }
    },
    async listCalls(device) {
      return calls.list().filter((call) => ofDevice(call) === device)
    },

    async useToken(device, jti, expiresAtMs) {
      return tokens.add(`${device} ${jti}`, true, expiresAtMs)
    },

    async getKeySet(issuer) {
      return keySets.get(issuer) ?? null
    },
    async claimKeySetFetch(issuer, atMs, intervalMs) {
      const known = keySets.get(issuer)
      if (known !== undefined && known.triedAt > atMs - intervalMs) return false
      keySets.set(issuer, { jwks: null, fetchedAt: 0, ...known, triedAt: atMs })
      return true
    },
    async putKeySet(issuer, jwks, fetchedAtMs) {
      const known = keySets.get(issuer)
      if (known !== undefined && known.fetchedAt >= fetchedAtMs) return
      keySets.set(issuer, { triedAt: fetchedAtMs, ...known, jwks, fetchedAt: fetchedAtMs })
    },
  }
}

/** Records by key, of which those past their expiry count as missing; `null` is for ever. */
function createShelf<Value>(now: () => number) {
  const entries = new Map<string, { readonly value: Value; readonly expiresAtMs: number | null }>()
  const isCurrent = ({ expiresAtMs }: { readonly expiresAtMs: number | null }): boolean =>
    expiresAtMs === null || expiresAtMs > now()
  const get = (key: string): Value | null => {
    const entry = entries.get(key)
    return entry !== undefined && isCurrent(entry) ? entry.value : null
  }
  const put = (key: string, value: Value, expiresAtMs: number | null): void => {
    entries.set(key, {
      value,
      expiresAtMs: expiresAtMs === null ? null : epochSeconds(expiresAtMs) * 1000,
    })
  }
  return {
    get,
    put,
    /** False when there is one. */
    add(key: string, value: Value, expiresAtMs: number): boolean {
      if (get(key) !== null) return false
      put(key, value, expiresAtMs)
      return true
    },
    change(key: string, value: Value): void {
      put(key, value, entries.get(key)?.expiresAtMs ?? null)
    },
    remove: (key: string): void => {
      entries.delete(key)
    },
    list: (): Value[] => [...entries.values()].filter(isCurrent).map(({ value }) => value),
  }
}
