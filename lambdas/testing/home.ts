import { randomBytes } from 'node:crypto'
import type { Invitation } from '../../protocol/operations.ts'
import type { Reply } from '../../protocol/reply.ts'
import type { DeviceRequest, ViewerRequest } from '../../protocol/request.ts'
import type { Backend } from '../core/backend.ts'
import type { Device, Guest, Person, Principal, Sender } from '../core/principal.ts'
import { receive } from '../core/receive.ts'
import type { DeviceRecord, GrantRecord } from '../core/records.ts'
import { createRoutesCache } from '../core/routes-cache.ts'
import { createMemoryStore } from './memory-store.ts'
import { createRecordingConnections } from './recording-connections.ts'
import { DEVICE, hashOf, INSTANCE, LINK, linkGrant, OTHER_DEVICE, PERSON, personGrant } from './samples.ts'

export const OWNER_EMAIL = 'owner@home.example'
export const MEMBER_EMAIL = 'member@home.example'
export const WEB_ORIGIN = 'https://home.example'

/** Warm instances of one deployed function over one database, and the connections of a little home. */
export function createHome() {
  const state = { time: 10_000, reads: 0, writes: 0 }
  const store = counted(
    createMemoryStore(() => state.time),
    state,
  )
  const posted = createRecordingConnections()
  const accounts = createRecordingAccounts()
  const failures: unknown[] = []
  const logged: string[] = []
  const newInstance = (): Backend => ({
    store,
    connections: posted.connections,
    accounts,
    cache: createRoutesCache(),
    iceServers: [],
    webOrigin: WEB_ORIGIN,
    ownerEmail: OWNER_EMAIL,
    log: {
      info: (event, fields) => logged.push(JSON.stringify({ event, ...fields })),
      error: (event, fields) => {
        logged.push(JSON.stringify({ event, ...fields }))
        failures.push(fields)
      },
    },
    now: () => state.time,
    randomBytes: (count) => randomBytes(count),
  })
  const instance = newInstance()
  const say = (from: Sender, message: unknown, at: Backend = instance) =>
    receive(at, from, typeof message === 'string' ? message : JSON.stringify(message))

  const people = {
    /** Proves the address that the deployment names. */
    owner: sender(person('o'.repeat(43), OWNER_EMAIL), 'owner'),
    member: sender(person(PERSON, MEMBER_EMAIL), 'member'),
    /** Signed in, and nothing else. */
    stranger: sender(person('s'.repeat(43), 'stranger@else.example'), 'stranger'),
  }
  const guest: Sender<Guest> = sender({ kind: 'guest', id: LINK, device: DEVICE }, 'guest')
  const device: Sender<Device> = sender({ kind: 'device', id: DEVICE }, 'device')
  const otherDevice: Sender<Device> = sender({ kind: 'device', id: OTHER_DEVICE }, 'other-device')

  const deviceHello = (from: Sender, names: readonly string[], state: 'ready' | 'busy' = 'ready') =>
    say(from, { ...greeting, cameras: names.map((name) => ({ name, state })) })
  const viewerHello = (from: Sender, at: Backend = instance) => say(from, greeting, at)

  const ask = async (
    from: Sender,
    ask: ViewerRequest['ask'] | DeviceRequest['ask'],
    at: Backend = instance,
  ): Promise<Reply['result'] | null> => {
    const id = randomBytes(16).toString('base64url')
    await say(from, { type: 'request', id, ask }, at)
    const own = posted.takeFor(from.connection)
    const reply = own.find((message) => message.type === 'reply' && message.id === id)
    for (const message of own) if (message !== reply) await posted.connections.post(from.connection, message)
    return reply?.type === 'reply' ? reply.result : null
  }

  return {
    state,
    store,
    posted,
    accounts,
    failures,
    logged,
    instance,
    newInstance,
    say,
    ...people,
    guest,
    device,
    otherDevice,
    /** An instance that is overtaken: `meanwhile` happens, once, just before it does the operation. */
    overtaken: (operation: keyof Backend['store'], meanwhile: () => Promise<unknown>): Backend => ({
      ...newInstance(),
      store: overtaken(store, operation, meanwhile),
    }),
    deviceHello,
    viewerHello,
    /** What came to the connection since the last time: types of messages, of errors their codes. */
    heardBy: (connection: string): string[] =>
      posted.takeFor(connection).map((message) => (message.type === 'error' ? message.code : message.type)),
    /** What the request is answered, its reply taken off the recorded posts; null when it is not answered. */
    ask,
    startPairing: (from: Sender<Device>, code: string) =>
      ask(from, { op: 'start-pairing', codeHash: hashOf(code) }),
    claim: (from: Sender, device: string, code: string, at: Backend = instance) =>
      ask(from, { op: 'claim-device', device, code, label: 'Attic' }, at),
    /** As if owners had granted just these, of the first device. */
    putGrants: async (grants: readonly GrantRecord[]): Promise<void> => {
      const before = await store.getDevice(DEVICE)
      if (before === null) throw new Error('the home is not furnished')
      await store.putDevice({ ...before, revision: before.revision + 1, grants }, before.revision)
    },
    /**
     * Two paired devices with `porch` and `cellar`, and with `garden`; the owner, a member who may see `porch`, and a
     * guest with a link to it, all of whom have said hello.
     */
    furnish: async (): Promise<void> => {
      await store.putDevice(pairedDevice(DEVICE, [personGrant(), linkGrant()]), null)
      await store.putDevice(pairedDevice(OTHER_DEVICE, []), null)
      await deviceHello(device, ['porch', 'cellar'])
      await deviceHello(otherDevice, ['garden'])
      for (const viewer of [people.owner, people.member, guest]) await viewerHello(viewer)
      posted.take()
    },
  }
}

export const greeting = {
  type: 'hello',
  protocol: 1,
  software: { name: 'test', version: '1' },
  instance: INSTANCE,
}

export function person(id: string, email: string | null, authenticatedAt = 5_000): Person {
  return { kind: 'person', id, email, name: email ?? 'someone', authenticatedAt }
}

export function sender<Kind extends Principal>(
  principal: Kind,
  connection: string,
  connectedAt = 5_000,
): Sender<Kind> {
  return { principal, connection, connectedAt }
}

/** The answer of a request that was done. */
export function answerTo(result: Reply['result'] | null): Readonly<Record<string, unknown>> {
  if (result?.kind !== 'done') throw new Error(`not done: ${JSON.stringify(result)}`)
  return result.answer
}

/** `done`, or the code by which it was refused. */
export function outcomeOf(result: Reply['result'] | null): string | undefined {
  return result?.kind === 'refused' ? result.code : result?.kind
}

function pairedDevice(id: string, grants: readonly GrantRecord[]): DeviceRecord {
  return {
    id,
    revision: 1,
    paired: { label: 'Home', at: 500 },
    code: null,
    grants,
    connection: null,
    connectedAt: 0,
    instance: INSTANCE,
    sequence: null,
    restarted: false,
    since: 500,
    leaseUntil: 500,
    cameras: [],
    expiresAt: null,
  }
}

/** Whom an invitation was sent to; addresses in `failing` cannot be reached, those in `known` have an account. */
function createRecordingAccounts() {
  const invited: string[] = []
  const failing = new Set<string>()
  const known = new Set<string>()
  return {
    invited,
    failing,
    known,
    invite: async (email: string): Promise<Invitation> => {
      if (failing.has(email)) throw new Error(`no mail to ${email}`)
      if (known.has(email)) return 'known'
      known.add(email)
      invited.push(email)
      return 'sent'
    },
  }
}

const WRITES = new Set([
  'putDevice',
  'putPerson',
  'bindFirstOwner',
  'addLink',
  'takePlace',
  'freePlace',
  'addConnection',
  'relistConnection',
  'removeConnection',
  'openCall',
  'moveCall',
  'endCall',
])

function counted<Port extends Backend['store']>(
  store: Port,
  counts: { reads: number; writes: number },
): Port {
  return new Proxy(store, {
    get(target, name, receiver) {
      if (WRITES.has(String(name))) counts.writes += 1
      else counts.reads += 1
      return Reflect.get(target, name, receiver)
    },
  })
}

function overtaken(
  store: Backend['store'],
  operation: keyof Backend['store'],
  meanwhile: () => Promise<unknown>,
): Backend['store'] {
  let pending = true
  return new Proxy(store, {
    get(target, name, receiver) {
      const method: unknown = Reflect.get(target, name, receiver)
      if (name !== operation || typeof method !== 'function' || !pending) return method
      return async (...args: unknown[]) => {
        if (pending) {
          pending = false
          await meanwhile()
        }
        return method.apply(target, args)
      }
    },
  })
}
