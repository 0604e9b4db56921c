import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { splitCameraId } from '../../protocol/identifiers.ts'
import { createHome, MEMBER_EMAIL, sender } from '../testing/home.ts'
import {
  answerFor,
  CALL,
  CELLAR,
  DEVICE,
  GRANT,
  LINK,
  OTHER_DEVICE,
  PERSON,
  PORCH,
} from '../testing/samples.ts'
import type { Backend } from './backend.ts'
import { grantedRight } from './rights.ts'

type Home = ReturnType<typeof createHome>
type Act = (home: Home, at: Backend) => Promise<unknown>

const GUESTS = 'y'.repeat(22)
const RUNS = 400

/** What may happen at the same time, each in an instance of its own. */
const ACTS: Readonly<Record<string, Act>> = {
  'the member calls': (home, at) => home.say(home.member, { type: 'call', call: CALL, camera: PORCH }, at),
  'the member calls as an owner would': (home, at) =>
    home.say(home.member, { type: 'call', call: 'z'.repeat(22), camera: CELLAR }, at),
  'the member resumes on another page': (home, at) =>
    home.say({ ...home.member, connection: 'page', connectedAt: 9_000 }, { ...RESUME, call: CALL }, at),
  'the member calls again': (home, at) =>
    home.say(home.member, { type: 'call', call: 'a'.repeat(22), camera: PORCH, replaces: CALL }, at),
  'the guest calls': (home, at) => home.say(home.guest, { type: 'call', call: GUESTS, camera: PORCH }, at),
  'the member opens a page': (home, at) => home.viewerHello({ ...home.member, connection: 'page' }, at),
  'the guest opens a page': (home, at) => home.viewerHello({ ...home.guest, connection: 'guest-page' }, at),
  'the device says hello': (home, at) =>
    home.say(sender(home.device.principal, 'device-2', 9_000), DEVICE_HELLO, at),
  'the grant is taken back': (home, at) =>
    home.ask(home.owner, { op: 'revoke-grant', camera: PORCH, grant: GRANT }, at),
  'the link is taken back': (home, at) =>
    home.ask(home.owner, { op: 'revoke-grant', camera: PORCH, grant: LINK }, at),
  'the grant is given again': (home, at) =>
    home.ask(home.owner, { op: 'grant-to-person', camera: PORCH, email: MEMBER_EMAIL }, at),
  'the device is unpaired': (home, at) => home.ask(home.owner, { op: 'unpair-device', device: DEVICE }, at),
  'the member signs out everywhere': (home, at) => home.ask(home.member, { op: 'sign-out-everywhere' }, at),
  'the member is dismissed': (home, at) =>
    home.ask(home.owner, { op: 'set-owner', person: PERSON, owner: false }, at),
}

const RESUME = { type: 'resume', camera: PORCH }

const DEVICE_HELLO = {
  type: 'hello',
  protocol: 1,
  software: { name: 'test', version: '1' },
  instance: 'j'.repeat(22),
  cameras: [
    { name: 'porch', state: 'ready' },
    { name: 'cellar', state: 'ready' },
  ],
}

describe('whatever happens at the same time', () => {
  it('[R34] [R36] [R41] no picture outlives its right, and no connection is listed as what it is not', async () => {
    const acts = fc.uniqueArray(fc.constantFrom(...Object.keys(ACTS)), { minLength: 2, maxLength: 5 })
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), acts, fc.boolean(), async (scheduler, names, memberIsOwner) => {
        const home = createHome()
        await home.furnish()
        await home.ask(home.owner, { op: 'set-owner', person: PERSON, owner: memberIsOwner })
        const running = names.map((name) => ACTS[name]?.(home, slow(home, scheduler)))
        await scheduler.waitFor(Promise.all(running))
        await answerAll(home)
        await holdsNow(home)
      }),
      { numRuns: RUNS },
    )
  })
})

/** An instance whose every read and write takes as long as the scheduler says. */
function slow(home: Home, scheduler: fc.Scheduler): Backend {
  const at = home.newInstance()
  const store = new Proxy(at.store, {
    get(target, name, receiver) {
      const method: unknown = Reflect.get(target, name, receiver)
      if (typeof method !== 'function') return method
      return async (...args: unknown[]) => {
        await scheduler.schedule(Promise.resolve(), String(name))
        return method.apply(target, args)
      }
    },
  })
  return { ...at, store }
}

/** The picture of a call begins with its answer, whenever that comes. */
async function answerAll(home: Home): Promise<void> {
  for (const call of await home.store.listCalls(DEVICE)) {
    const from = call.viewer === PERSON ? home.member : home.guest
    await home.say(from, answerFor(call), home.newInstance())
  }
}

async function holdsNow({ store }: Home): Promise<void> {
  const member = await store.getPerson(PERSON)
  const owners = new Set((await store.listPeople()).filter(({ owner }) => owner).map(({ person }) => person))
  for (const id of [DEVICE, OTHER_DEVICE]) {
    const device = await store.getDevice(id)
    if (device === null) throw new Error('no device')
    for (const call of (await store.listCalls(id)).filter(({ state }) => state === 'live')) {
      const onlooker = { viewer: call.viewer, owner: call.role === 'owner' }
      const right = grantedRight(onlooker, device, splitCameraId(call.camera).name, 10_000)
      expect(right, `${call.role}’s call without a right`).not.toBeNull()
      if (call.role === 'owner') expect(owners).toContain(call.viewer)
      if (call.viewer === PERSON) expect(member?.signedOutAt).toBe(0)
    }
  }
  const device = await store.getDevice(DEVICE)
  for (const { viewer, owner } of await store.listConnections()) {
    if (viewer === LINK) expect(device?.grants.map(({ grant }) => grant)).toContain(LINK)
    if (viewer === PERSON) expect(member?.signedOutAt).toBe(0)
    expect(owner).toBe(owners.has(viewer))
  }
}
