import type { Store } from '../core/ports.ts'
import type { KeySetStore, TokenStore } from '../door/ports.ts'
import { createCalls } from './calls.ts'
import { createDoorItems } from './door-items.ts'
import { epochSeconds } from './expiry.ts'
import { toConnection, toDevice, toLink, toPerson } from './items.ts'
import { keys } from './keys.ts'
import { createTable, IS_CURRENT, IS_FREE, type Item, type TableOptions } from './table.ts'

export function createDynamodbStore(options: TableOptions): Store & TokenStore & KeySetStore {
  const table = createTable(options)

  async function putRevision(key: ReturnType<typeof keys.person>, item: Item, readRevision: number | null) {
    const written =
      readRevision === null
        ? await table.put(key, item, IS_FREE)
        : await table.put(key, item, `${IS_CURRENT} AND revision = :read`, { ':read': readRevision })
    return written ? 'saved' : 'conflict'
  }

  return {
    ...createCalls(table),
    ...createDoorItems(table),

    async getDevice(id) {
      const item = await table.get(keys.device(id))
      return item === null ? null : toDevice(item)
    },

    async listDevices() {
      return (await table.query(keys.devices)).map(toDevice)
    },

    putDevice({ expiresAt, ...device }, readRevision) {
      const item = expiresAt === null ? device : { ...device, expiresAt: epochSeconds(expiresAt) }
      return putRevision(keys.device(device.id), item, readRevision)
    },

    async getPerson(person) {
      const item = await table.get(keys.person(person))
      return item === null ? null : toPerson(item)
    },

    async listPeople() {
      return (await table.query(keys.people)).map(toPerson)
    },

    putPerson(person, readRevision) {
      return putRevision(keys.person(person.person), { ...person }, readRevision)
    },

    async getPersonAndDevice(person, device) {
      const [personItem, deviceItem] = await table.getBoth(keys.person(person), keys.device(device))
      return {
        person: personItem === null ? null : toPerson(personItem),
        device: deviceItem === null ? null : toDevice(deviceItem),
      }
    },

    async bindFirstOwner(email, person) {
      const bound = await table.update(
        keys.firstOwner(email),
        'SET person = if_not_exists(person, :person)',
        null,
        { ':person': person },
      )
      return String(bound?.['person'])
    },

    async getLink(hash) {
      const item = await table.get(keys.link(hash))
      return item === null ? null : toLink(item)
    },

    addLink(link, expiresAtMs) {
      return table.put(keys.link(link.hash), { ...link, expiresAt: epochSeconds(expiresAtMs) }, IS_FREE)
    },

    takePlace(place, device, expiresAtMs) {
      const item = { device, expiresAt: epochSeconds(expiresAtMs) }
      return table.put(keys.place(place), item, `${IS_FREE} OR device = :device`, { ':device': device })
    },

    freePlace(place, device) {
      return table.remove(keys.place(place), 'device = :device', { ':device': device })
    },

    async addConnection(connection, expiresAtMs) {
      const item = { ...connection, expiresAt: epochSeconds(expiresAtMs) }
      await table.put(keys.connection(connection.connection), item)
    },

    async relistConnection(connection, expiresAtMs) {
      const item = { ...connection, expiresAt: epochSeconds(expiresAtMs) }
      await table.put(keys.connection(connection.connection), item, IS_CURRENT)
    },

    removeConnection(connection) {
      return table.remove(keys.connection(connection))
    },

    async listConnections() {
      return (await table.query(keys.connections)).map(toConnection)
    },
  }
}
