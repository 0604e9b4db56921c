import { beforeEach, describe, expect, it } from 'vitest'
import { frameBytes, MAX_FRAME_BYTES } from '../../../protocol/frame.ts'
import { readAnswer } from '../../../protocol/reply.ts'
import type { ViewerRequest } from '../../../protocol/request.ts'
import { answerTo, createHome, outcomeOf, sender } from '../../testing/home.ts'
import {
  CALL,
  CELLAR,
  callRecord,
  DEVICE,
  deviceRecord,
  hashOf,
  LINK,
  OTHER_DEVICE,
  PERSON,
  PORCH,
  personGrant,
  personRecord,
} from '../../testing/samples.ts'

let home: ReturnType<typeof createHome>

const OWNERS: readonly ViewerRequest['ask'][] = [
  { op: 'claim-device', device: DEVICE, code: 'k'.repeat(22), label: 'Mine' },
  { op: 'list-devices' },
  { op: 'rename-device', device: DEVICE, label: 'Mine' },
  { op: 'unpair-device', device: DEVICE },
  { op: 'rename-camera', camera: PORCH, label: 'Mine' },
  { op: 'list-grants', camera: PORCH },
  { op: 'grant-to-person', camera: CELLAR, email: 'member@home.example' },
  { op: 'grant-by-link', camera: CELLAR, hash: hashOf('x'), label: 'x', until: 3_600_000, max: 1 },
  { op: 'revoke-grant', camera: PORCH, grant: LINK },
  { op: 'list-people' },
  { op: 'set-owner', person: PERSON, owner: true },
  { op: 'list-watchers' },
  { op: 'list-history', camera: PORCH },
]
const LONG = '見'.repeat(64)

beforeEach(async () => {
  home = createHome()
  await home.furnish()
})

describe('who may ask', () => {
  it.each(OWNERS.map((ask) => [ask.op, ask] as const))('[R44] %s is an owner’s', async (_op, ask) => {
    await home.viewerHello(home.stranger)
    const before = await everything()
    home.posted.take()
    const unknown = sender({ ...home.stranger.principal, id: 'z'.repeat(43) }, 'unknown')
    for (const from of [home.member, home.stranger, home.guest, unknown]) {
      expect(await home.ask(from, ask)).toEqual({ kind: 'refused', code: 'not-allowed' })
    }
    expect(home.posted.take()).toEqual([])
    expect(await everything()).toEqual(before)
    expect(outcomeOf(await home.ask(home.owner, ask))).not.toBe('not-allowed')
  })

  it('[R44] signing out everywhere is any person’s own, and no guest’s', async () => {
    expect(outcomeOf(await home.ask(home.guest, { op: 'sign-out-everywhere' }))).toBe('not-allowed')
    expect(outcomeOf(await home.ask(home.member, { op: 'sign-out-everywhere' }))).toBe('done')
  })

  it('[R34] is read at each request: who is no owner any more asks in vain', async () => {
    const warm = home.newInstance()
    await home.ask(home.owner, { op: 'set-owner', person: PERSON, owner: true })
    expect(outcomeOf(await home.ask(home.member, { op: 'list-people' }, warm))).toBe('done')
    await home.ask(home.owner, { op: 'set-owner', person: PERSON, owner: false })
    expect(outcomeOf(await home.ask(home.member, { op: 'list-people' }, warm))).toBe('not-allowed')
  })

  it('[R44] every answer is what its operation says', async () => {
    await home.say(home.member, { type: 'call', call: CALL, camera: PORCH })
    for (const ask of OWNERS) {
      const result = await home.ask(home.owner, ask)
      if (result?.kind === 'done') expect(readAnswer(ask.op, result.answer)).toEqual(result.answer)
    }
  })
})

describe('names', () => {
  it('[R25] of a camera reach everyone who sees it, at once and by every welcome', async () => {
    const rename = { op: 'rename-camera', camera: PORCH, label: 'Front door' } as const
    expect(outcomeOf(await home.ask(home.owner, rename))).toBe('done')
    for (const connection of ['owner', 'member', 'guest']) {
      expect(home.posted.takeFor(connection)).toMatchObject([
        { camera: PORCH, label: 'Front door', state: 'online' },
      ])
    }
    expect(outcomeOf(await home.ask(home.owner, rename))).toBe('done')
    expect(home.posted.take()).toEqual([])
    await home.deviceHello(home.device, ['porch', 'cellar'])
    await home.viewerHello(home.member)
    expect(home.posted.takeFor('member')).toMatchObject([{ cameras: [{ label: 'Front door' }] }])
  })

  it('of a device are in the list of devices', async () => {
    await home.ask(home.owner, { op: 'rename-device', device: OTHER_DEVICE, label: 'Shed' })
    expect(answerTo(await home.ask(home.owner, { op: 'list-devices' }))['devices']).toMatchObject([
      { device: DEVICE, label: 'Home', online: true, cameras: [{ camera: PORCH, label: 'porch' }, {}] },
      { device: OTHER_DEVICE, label: 'Shed' },
    ])
  })

  it('of what is not there are refused', async () => {
    const device = 'x'.repeat(43)
    expect(outcomeOf(await home.ask(home.owner, { op: 'rename-device', device, label: 'x' }))).toBe(
      'unknown-device',
    )
    for (const camera of [`${device}.porch`, `${DEVICE}.attic`]) {
      expect(outcomeOf(await home.ask(home.owner, { op: 'rename-camera', camera, label: 'x' }))).toBe(
        'unknown-camera',
      )
    }
  })
})

describe('who watches and who watched', () => {
  beforeEach(async () => {
    await home.say(home.member, { type: 'call', call: CALL, camera: PORCH })
    home.state.time += 1_000
    await home.say(home.guest, { type: 'call', call: 'y'.repeat(22), camera: PORCH })
    await home.say(home.owner, { type: 'call', call: 'x'.repeat(22), camera: CELLAR })
  })
  const watchers = async () => answerTo(await home.ask(home.owner, { op: 'list-watchers' }))['watchers']
  const history = async () =>
    answerTo(await home.ask(home.owner, { op: 'list-history', camera: PORCH }))['watches']

  it('[R44] is every running call, the newest first', async () => {
    expect(await watchers()).toMatchObject([
      { name: 'Neighbour', role: 'guest', startedAt: 11_000 },
      { name: 'owner@home.example', role: 'owner', camera: CELLAR },
      { name: 'member@home.example', role: 'viewer', startedAt: 10_000 },
    ])
    await home.say(home.member, { type: 'hangup', call: CALL, camera: PORCH, reason: 'viewer-left' })
    home.state.time = 3_600_000
    expect(await watchers()).toMatchObject([{ role: 'owner' }])
  })

  it('[R44] is every call of the camera, with when and why it ended', async () => {
    home.state.time += 1_000
    await home.say(home.device, { type: 'hangup', call: CALL, reason: 'camera-closed' })
    expect(await history()).toMatchObject([
      { name: 'Neighbour', startedAt: 11_000 },
      { name: 'member@home.example', startedAt: 10_000, endedAt: 12_000, reason: 'camera-closed' },
    ])
  })

  it('[R45] is every call of the last 30 days, and none from before', async () => {
    const day = 24 * 60 * 60_000
    home.state.time = 10_000 + 29 * day
    expect(await history()).toMatchObject([{ startedAt: 11_000 }, { startedAt: 10_000 }])
    home.state.time = 10_000 + 30 * day
    expect(await history()).toMatchObject([{ startedAt: 11_000 }])
    home.state.time = 11_000 + 30 * day
    expect(await history()).toEqual([])
  })

  it('keeps the name of the time of the call', async () => {
    await home.viewerHello(sender({ ...home.member.principal, name: 'Aiko' }, 'member'))
    expect(await history()).toMatchObject([{}, { name: 'member@home.example' }])
  })

  it('cannot be escaped by the reason of a hangup', async () => {
    for (const reason of ['', 'x y', 'never-began']) {
      await home.say(home.guest, { type: 'hangup', call: 'y'.repeat(22), camera: PORCH, reason })
    }
    expect(await history()).toHaveLength(2)
  })
})

describe('pages', () => {
  const pages = async (ask: (cursor: string | undefined) => ViewerRequest['ask'], list: string) => {
    const found: unknown[] = []
    let cursor: string | undefined
    let count = 0
    do {
      await home.say(home.owner, { type: 'request', id: CALL, ask: ask(cursor) })
      const reply = home.posted.takeFor('owner').at(-1)
      if (reply?.type !== 'reply') throw new Error('no reply')
      expect(frameBytes(reply)).toBeLessThanOrEqual(MAX_FRAME_BYTES)
      const answer = answerTo(reply.result)
      found.push(...(answer[list] as unknown[]))
      cursor = answer['cursor'] as string | undefined
      count += 1
    } while (cursor !== undefined)
    return { found, count }
  }

  it('[R44] of history lose and repeat nothing, though calls come meanwhile', async () => {
    for (let n = 0; n < 300; n += 1) {
      const call = String(n).padStart(22, '0')
      await home.store.openCall(callRecord({ call, startedAt: 1_000 + Math.floor(n / 3), name: LONG }), 9e12)
    }
    let late = 0
    const { found, count } = await pages((cursor) => {
      late += 1
      if (late === 2) void home.store.openCall(callRecord({ call: 'l'.repeat(22), startedAt: 9_000 }), 9e12)
      return { op: 'list-history', camera: PORCH, ...(cursor === undefined ? {} : { cursor }) }
    }, 'watches')
    const calls = found.map((watch) => (watch as { call: string }).call)
    expect(count).toBeGreaterThan(2)
    expect(new Set(calls).size).toBe(calls.length)
    expect(calls).toHaveLength(300)
    const starts = found.map((watch) => (watch as { startedAt: number }).startedAt)
    expect(starts).toEqual(starts.toSorted((a, b) => b - a))
  })

  it('[R44] of grants, people, devices and watchers are all that there is', async () => {
    const grants = Array.from({ length: 200 }, (_, n) =>
      personGrant({ grant: String(n).padStart(22, '0'), email: `${'e'.repeat(200)}${n}@x` }),
    )
    await home.putGrants(grants)
    const more = (cursor: string | undefined) => (cursor === undefined ? {} : { cursor })
    const cameras = Array.from({ length: 16 }, (_, n) => ({
      name: `c${n}`,
      label: LONG,
      renamed: null,
      state: 'ready' as const,
      since: 1,
    }))
    for (let n = 0; n < 20; n += 1) {
      await home.store.putDevice(deviceRecord({ id: String(n).padStart(43, 'n'), cameras }), null)
      await home.store.putPerson(personRecord({ person: String(n).padStart(43, 'n') }), null)
    }
    for (let n = 0; n < 200; n += 1) {
      await home.store.openCall(callRecord({ call: String(n).padStart(22, '0'), name: LONG }), 9e12)
    }
    const listed = [
      await pages((cursor) => ({ op: 'list-grants', camera: PORCH, ...more(cursor) }), 'grants'),
      await pages((cursor) => ({ op: 'list-people', ...more(cursor) }), 'people'),
      await pages((cursor) => ({ op: 'list-devices', ...more(cursor) }), 'devices'),
      await pages((cursor) => ({ op: 'list-watchers', ...more(cursor) }), 'watchers'),
    ]
    expect(listed.map(({ found }) => new Set(found.map((one) => JSON.stringify(one))).size)).toEqual([
      200, 22, 22, 200,
    ])
    expect(listed.map(({ count }) => count > 1)).toEqual([true, false, true, true])
  })

  it('begin nowhere but where the cloud says', async () => {
    for (const cursor of ['', 'x', '1.', '1.x y', '1.__proto__.x', `${'9'.repeat(30)}.x`]) {
      expect(outcomeOf(await home.ask(home.owner, { op: 'list-people', cursor }))).toBe('bad-message')
    }
  })
})

async function everything(): Promise<unknown> {
  const { store } = home
  const calls = await Promise.all([DEVICE, OTHER_DEVICE].map((device) => store.listCalls(device)))
  return [await store.listDevices(), await store.listPeople(), await store.listConnections(), calls]
}
