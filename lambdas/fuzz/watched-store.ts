import type { Store } from '../core/ports.ts'
import type { CallRecord } from '../core/records.ts'
import type { Change } from './change.ts'
import { deviceChanges, personChanges } from './device-changes.ts'

interface Watch {
  /** Before each request, so that what runs side by side can be put in any order. */
  turn(): Promise<void>
  note(change: Change): void
}

/** Tells what every write means that took effect, at the moment when it does. */
export function watchStore(store: Store, { turn, note }: Watch): Store {
  const read = async <Found>(request: () => Promise<Found>): Promise<Found> => {
    await turn()
    return request()
  }
  return {
    getDevice: (id) => read(() => store.getDevice(id)),
    listDevices: () => read(() => store.listDevices()),
    async putDevice(device, readRevision) {
      await turn()
      const before = await store.getDevice(device.id)
      const outcome = await store.putDevice(device, readRevision)
      if (outcome === 'saved') for (const change of deviceChanges(before, device)) note(change)
      return outcome
    },
    getPerson: (person) => read(() => store.getPerson(person)),
    listPeople: () => read(() => store.listPeople()),
    async putPerson(person, readRevision) {
      await turn()
      const before = await store.getPerson(person.person)
      const outcome = await store.putPerson(person, readRevision)
      if (outcome === 'saved') for (const change of personChanges(before, person)) note(change)
      return outcome
    },
    getPersonAndDevice: (person, device) => read(() => store.getPersonAndDevice(person, device)),
    async bindFirstOwner(email, person) {
      await turn()
      const holder = await store.bindFirstOwner(email, person)
      note({ kind: 'first-owner', email, person, holder })
      return holder
    },
    getLink: (hash) => read(() => store.getLink(hash)),
    async addLink(link, expiresAtMs) {
      await turn()
      const added = await store.addLink(link, expiresAtMs)
      if (added) note({ kind: 'link', hash: link.hash, device: link.device, grant: link.grant })
      return added
    },
    takePlace: (place, device, expiresAtMs) => read(() => store.takePlace(place, device, expiresAtMs)),
    freePlace: (place, device) => read(() => store.freePlace(place, device)),
    async addConnection(connection, expiresAtMs) {
      await turn()
      await store.addConnection(connection, expiresAtMs)
      note({ kind: 'listed', ...connection })
    },
    async relistConnection(connection, expiresAtMs) {
      await turn()
      const was = (await store.listConnections()).some((one) => one.connection === connection.connection)
      await store.relistConnection(connection, expiresAtMs)
      if (was) note({ kind: 'listed', ...connection })
    },
    async removeConnection(connection) {
      await turn()
      await store.removeConnection(connection)
      note({ kind: 'unlisted', connection })
    },
    listConnections: () => read(() => store.listConnections()),
    async openCall(call, expiresAtMs) {
      await turn()
      const outcome = await store.openCall(call, expiresAtMs)
      if (outcome === 'opened' || outcome === 'retried') note(callChange(call, outcome))
      return outcome
    },
    async moveCall(to) {
      await turn()
      const moved = await store.moveCall(to)
      const { call, camera, viewer, viewerConnection: connection } = to
      if (moved !== null) note({ kind: 'call-moved', call, camera, viewer, connection })
      return moved
    },
    async endCall(device, call, reason, atMs) {
      await turn()
      const ended = await store.endCall(device, call, reason, atMs)
      if (ended !== null) note({ kind: 'call-ended', device, call })
      return ended
    },
    getCall: (device, call) => read(() => store.getCall(device, call)),
    getCallAndDevice: (device, call) => read(() => store.getCallAndDevice(device, call)),
    listCalls: (device) => read(() => store.listCalls(device)),
  }
}

function callChange(record: CallRecord, outcome: 'opened' | 'retried'): Change {
  const { call, camera, viewer, viewerConnection, role, until, state } = record
  const opened = state === 'ended' && outcome === 'opened' ? 'noted' : outcome
  return { kind: 'call', outcome: opened, call, camera, viewer, connection: viewerConnection, role, until }
}
