import { describe, expect, it } from 'vitest'
import type { Store } from '../core/ports.ts'
import type { GrantRecord, LinkRecord, PersonRecord } from '../core/records.ts'
import { DEVICE, deviceRecord, OTHER_DEVICE } from './samples.ts'

/** Opens an empty store. `now` is the clock that it is given. */
export type OpenStore<Port> = (now: () => number) => Promise<Port> | Port

const PERSON = 'p'.repeat(43)
const OTHER_PERSON = 'q'.repeat(43)
const GRANTS: readonly GrantRecord[] = [
  { kind: 'person', grant: 'g1', camera: 'porch', createdAt: 1, email: 'a@b.example', person: null },
  { kind: 'person', grant: 'g2', camera: 'porch', createdAt: 2, email: 'c@b.example', person: PERSON },
  { kind: 'link', grant: 'g3', camera: 'porch', createdAt: 3, label: '見張り', until: 90_000, max: 2 },
]
const PAIRED = deviceRecord({
  paired: { label: 'Home', at: 900 },
  code: null,
  grants: GRANTS,
  cameras: [{ name: 'porch', label: 'Porch', renamed: 'Front door', state: 'ready', since: 1_000 }],
  expiresAt: null,
})
const UNPAIRED = deviceRecord({
  paired: null,
  code: { hash: 'h'.repeat(43), until: 15_000 },
  grants: [],
  cameras: [],
  expiresAt: 20_000,
})

function personRecord(changes: Partial<PersonRecord> = {}): PersonRecord {
  const known = { name: 'Aiko', email: 'aiko@home.example', owner: false, signedOutAt: 0, since: 1_000 }
  return { person: PERSON, revision: 1, ...known, ...changes }
}

const LINK: LinkRecord = { hash: 'l'.repeat(43), device: DEVICE, grant: 'g3', until: 90_000 }

/** What every store must do, atomicity included. */
export function storeContract(name: string, open: OpenStore<Store>): void {
  describe(`store contract: ${name}`, () => {
    let time = 10_000
    const fresh = async () => {
      time = 10_000
      return open(() => time)
    }
    const race = <Outcome>(attempt: (n: number) => Promise<Outcome>) =>
      Promise.all(Array.from({ length: 8 }, (_, n) => attempt(n)))

    it('gives back a device as it was put, and null for one that it does not know', async () => {
      const store = await fresh()
      expect(await store.putDevice(PAIRED, null)).toBe('saved')
      expect(await store.getDevice(DEVICE)).toEqual(PAIRED)
      expect(await store.getDevice(OTHER_DEVICE)).toBeNull()
      expect(await store.listDevices()).toEqual([PAIRED])
    })

    it('refuses a device write whose reader missed another write', async () => {
      const store = await fresh()
      await store.putDevice({ ...PAIRED, revision: 1 }, null)
      expect(await store.putDevice({ ...PAIRED, revision: 1 }, null)).toBe('conflict')
      expect(await store.putDevice({ ...PAIRED, revision: 2, connection: null }, 1)).toBe('saved')
      expect(await store.putDevice({ ...PAIRED, revision: 2, connection: 'late' }, 1)).toBe('conflict')
      expect((await store.getDevice(DEVICE))?.connection).toBeNull()
    })

    it('lets exactly one of many writers of the same revision win', async () => {
      const store = await fresh()
      await store.putDevice({ ...PAIRED, revision: 1 }, null)
      const outcomes = await race((n) => store.putDevice({ ...PAIRED, revision: 2, connection: `c${n}` }, 1))
      expect(outcomes.filter((outcome) => outcome === 'saved')).toHaveLength(1)
    })

    it('treats a device past its expiry as missing, in reads and in the conditions of writes', async () => {
      const store = await fresh()
      await store.putDevice(UNPAIRED, null)
      expect(await store.getDevice(DEVICE)).toEqual(UNPAIRED)
      time = 20_000
      expect(await store.getDevice(DEVICE)).toBeNull()
      expect(await store.listDevices()).toEqual([])
      expect(await store.putDevice({ ...PAIRED, revision: 2 }, 1)).toBe('conflict')
      expect(await store.putDevice(UNPAIRED, null)).toBe('saved')
    })

    it('keeps a device for good once its expiry is taken away', async () => {
      const store = await fresh()
      await store.putDevice(UNPAIRED, null)
      expect(await store.putDevice({ ...PAIRED, revision: 2 }, 1)).toBe('saved')
      time = 20_000
      expect(await store.getDevice(DEVICE)).toEqual({ ...PAIRED, revision: 2 })
      expect(await store.putDevice({ ...PAIRED, revision: 3 }, 2)).toBe('saved')
    })

    it('keeps an expiry in whole seconds, rounded up', async () => {
      const store = await fresh()
      await store.putDevice({ ...UNPAIRED, expiresAt: 20_001 }, null)
      time = 20_999
      expect((await store.getDevice(DEVICE))?.expiresAt).toBe(21_000)
      time = 21_000
      expect(await store.getDevice(DEVICE)).toBeNull()
    })

    it('gives back people as they were put, and refuses a write whose reader missed another', async () => {
      const store = await fresh()
      const person = personRecord()
      expect(await store.getPerson(PERSON)).toBeNull()
      expect(await store.putPerson(person, null)).toBe('saved')
      expect(await store.putPerson(personRecord({ owner: true }), null)).toBe('conflict')
      expect(await store.getPerson(PERSON)).toEqual(person)
      expect(
        await store.putPerson(personRecord({ revision: 2, email: null, emailSince: 7, founder: true }), 1),
      ).toBe('saved')
      expect(await store.putPerson(personRecord({ revision: 2, owner: true }), 1)).toBe('conflict')
      await store.putPerson(personRecord({ person: OTHER_PERSON }), null)
      const people = (await store.listPeople()).toSorted((a, b) => a.person.localeCompare(b.person))
      expect(people).toEqual([
        personRecord({ revision: 2, email: null, emailSince: 7, founder: true }),
        personRecord({ person: OTHER_PERSON }),
      ])
    })

    it('reads a person and a device at once, each of which may be missing', async () => {
      const store = await fresh()
      expect(await store.getPersonAndDevice(PERSON, DEVICE)).toEqual({ person: null, device: null })
      await store.putPerson(personRecord(), null)
      expect(await store.getPersonAndDevice(PERSON, DEVICE)).toEqual({
        person: personRecord(),
        device: null,
      })
      await store.putDevice(UNPAIRED, null)
      expect(await store.getPersonAndDevice(PERSON, DEVICE)).toEqual({
        person: personRecord(),
        device: UNPAIRED,
      })
      time = 20_000
      expect(await store.getPersonAndDevice(OTHER_PERSON, DEVICE)).toEqual({ person: null, device: null })
    })

    it('[R33] binds an address to whoever asks first, and to nobody else ever', async () => {
      const store = await fresh()
      const bound = new Set(await race((n) => store.bindFirstOwner('owner@home.example', `person ${n}`)))
      expect(bound.size).toBe(1)
      const [first] = bound
      time = 10 ** 12
      expect(await store.bindFirstOwner('owner@home.example', 'late')).toBe(first)
      expect(await store.bindFirstOwner('other@home.example', 'late')).toBe('late')
    })

    it('keeps the first link of a hash, until its item expires', async () => {
      const store = await fresh()
      expect(await store.getLink(LINK.hash)).toBeNull()
      expect(await store.addLink(LINK, 20_000)).toBe(true)
      expect(await store.addLink({ ...LINK, device: OTHER_DEVICE }, 60_000)).toBe(false)
      expect(await store.getLink(LINK.hash)).toEqual(LINK)
      time = 20_000
      expect(await store.getLink(LINK.hash)).toBeNull()
      expect(await store.addLink({ ...LINK, grant: 'g4' }, 60_000)).toBe(true)
    })

    it('lets exactly one of many links with the same hash in', async () => {
      const store = await fresh()
      const outcomes = await race((n) => store.addLink({ ...LINK, grant: `g${n}` }, 20_000))
      expect(outcomes.filter(Boolean)).toHaveLength(1)
    })

    it('[R38] gives a place to one device at a time, which may take it again', async () => {
      const store = await fresh()
      expect(await store.takePlace(0, DEVICE, 20_000)).toBe(true)
      expect(await store.takePlace(0, OTHER_DEVICE, 20_000)).toBe(false)
      expect(await store.takePlace(1, OTHER_DEVICE, 20_000)).toBe(true)
      expect(await store.takePlace(0, DEVICE, 30_000)).toBe(true)
      time = 20_000
      expect(await store.takePlace(0, OTHER_DEVICE, 40_000)).toBe(false)
      time = 30_000
      expect(await store.takePlace(0, OTHER_DEVICE, 40_000)).toBe(true)
    })

    it('[R38] lets exactly one of many devices have a place, also one that is over', async () => {
      const store = await fresh()
      for (const at of [10_000, 20_000]) {
        time = at
        const outcomes = await race((n) => store.takePlace(0, `device ${n} at ${at}`, at + 10_000))
        expect(outcomes.filter(Boolean)).toHaveLength(1)
      }
    })

    it('[R38] frees a place only for the device that has it', async () => {
      const store = await fresh()
      await store.takePlace(0, DEVICE, 20_000)
      await store.freePlace(0, OTHER_DEVICE)
      await store.freePlace(7, OTHER_DEVICE)
      expect(await store.takePlace(0, OTHER_DEVICE, 20_000)).toBe(false)
      await store.freePlace(0, DEVICE)
      expect(await store.takePlace(0, OTHER_DEVICE, 20_000)).toBe(true)
    })

    it('lists connections as they were last added, without the removed and the expired', async () => {
      const store = await fresh()
      const viewer = { viewer: PERSON, owner: false, connectedAt: 900 }
      await store.addConnection({ connection: 'a', ...viewer }, 60_000)
      await store.addConnection({ connection: 'b', ...viewer }, 20_000)
      await store.addConnection({ connection: 'c', ...viewer }, 60_000)
      await store.addConnection({ connection: 'a', ...viewer, owner: true }, 60_000)
      await store.removeConnection('c')
      await store.removeConnection('never there')
      const listed = (await store.listConnections()).toSorted((a, b) =>
        a.connection.localeCompare(b.connection),
      )
      expect(listed).toEqual([
        { connection: 'a', ...viewer, owner: true },
        { connection: 'b', ...viewer },
      ])
      time = 20_000
      expect(await store.listConnections()).toHaveLength(1)
    })

    it('lists a connection anew only while it is listed', async () => {
      const store = await fresh()
      const connection = { connection: 'a', viewer: PERSON, owner: false, connectedAt: 900 }
      await store.relistConnection(connection, 60_000)
      expect(await store.listConnections()).toEqual([])
      await store.addConnection(connection, 20_000)
      await store.relistConnection({ ...connection, owner: true }, 30_000)
      time = 20_000
      expect(await store.listConnections()).toEqual([{ ...connection, owner: true }])
      time = 30_000
      await store.relistConnection(connection, 60_000)
      expect(await store.listConnections()).toEqual([])
    })
  })
}
