import { beforeEach, describe, expect, it } from 'vitest'
import { answerTo, createHome, MEMBER_EMAIL, OWNER_EMAIL, outcomeOf } from '../../testing/home.ts'
import {
  answerFor,
  CALL,
  CELLAR,
  DEVICE,
  GARDEN,
  OTHER_DEVICE,
  PERSON,
  PORCH,
} from '../../testing/samples.ts'

let home: ReturnType<typeof createHome>

const owner = () => home.owner.principal.id
const setOwner = (person: string, owner: boolean, by = home.owner, at = home.instance) =>
  home.ask(by, { op: 'set-owner', person, owner }, at)
const owners = async () =>
  (await home.store.listPeople()).filter((person) => person.owner).map(({ person }) => person)
const call = { type: 'call', call: CALL, camera: CELLAR }

beforeEach(async () => {
  home = createHome()
  await home.furnish()
})

describe('owners', () => {
  it('[R33] [R25] see every camera from the moment that one is made, and none but the granted from when it is not', async () => {
    expect(outcomeOf(await setOwner(PERSON, true))).toBe('done')
    const told = home.posted.takeFor('member').filter(({ type }) => type === 'presence')
    expect(told).toMatchObject([
      { camera: CELLAR, state: 'online' },
      { camera: GARDEN, state: 'online' },
    ])
    await home.say(home.member, call)
    expect(home.heardBy('device')).toEqual(['call'])
    home.posted.take()

    expect(outcomeOf(await setOwner(PERSON, false, home.owner, home.newInstance()))).toBe('done')
    expect(home.posted.takeFor('device')).toEqual([{ type: 'hangup', call: CALL, reason: 'access-revoked' }])
    const removed = home.posted.takeFor('member').filter(({ type }) => type === 'presence')
    expect(removed).toMatchObject([{ camera: CELLAR, state: 'removed' }, { state: 'removed' }])
    await home.say(home.device, { type: 'status', cameras: [{ name: 'cellar', state: 'busy' }] })
    expect(home.heardBy('member')).toEqual([])
    await home.say(home.member, { ...call, call: 'z'.repeat(22) })
    expect(home.heardBy('member')).toEqual(['unknown-camera'])
  })

  it('[R4] are welcomed as what they are from then on, on each of their connections, without a new hello', async () => {
    await home.viewerHello({ ...home.member, connection: 'phone' })
    home.posted.take()
    await setOwner(PERSON, true)
    const self = { kind: 'person', name: MEMBER_EMAIL }
    for (const connection of ['member', 'phone']) {
      expect(home.posted.takeFor(connection)[0]).toMatchObject({
        type: 'welcome',
        self: { ...self, owner: true },
        cameras: [
          { camera: PORCH, role: 'owner' },
          { camera: CELLAR, role: 'owner' },
          { camera: GARDEN, role: 'owner' },
        ],
      })
    }
    expect(home.posted.take()).toEqual([])
    await setOwner(PERSON, false)
    const [dismissed] = home.posted.takeFor('phone')
    expect(dismissed).toMatchObject({
      type: 'welcome',
      self: { ...self, owner: false },
      cameras: [{ camera: PORCH, role: 'viewer' }],
    })
    await home.viewerHello({ ...home.member, connection: 'phone' })
    expect(home.posted.takeFor('phone')).toEqual([dismissed])
  })

  it('[R4] are welcomed also where no camera comes or goes', async () => {
    for (const device of [DEVICE, OTHER_DEVICE]) await home.ask(home.owner, { op: 'unpair-device', device })
    home.posted.take()
    await setOwner(PERSON, true)
    expect(home.posted.take()).toMatchObject([
      { connection: 'member', message: { type: 'welcome', self: { owner: true }, cameras: [] } },
    ])
  })

  it('[R25] made again hear of the cameras later than of their removal', async () => {
    await setOwner(PERSON, true)
    home.state.time += 5_000
    await setOwner(PERSON, false)
    const removed = home.posted
      .takeFor('member')
      .find((message) => 'state' in message && message.state === 'removed')
    home.state.time += 5_000
    await setOwner(PERSON, true)
    const shown = home.posted.takeFor('member').find(({ type }) => type === 'presence')
    if (removed?.type !== 'presence' || shown?.type !== 'presence') throw new Error('no presence')
    expect(shown.since).toBeGreaterThan(removed.since)
  })

  it('keep the calls that they make as viewers when they are dismissed', async () => {
    await home.say(home.member, { ...call, camera: PORCH })
    await setOwner(PERSON, true)
    await setOwner(PERSON, false)
    expect((await home.store.getCall(DEVICE, CALL))?.state).toBe('live')
  })

  it('are never none: the last one stays, also when two dismiss each other at once', async () => {
    expect(outcomeOf(await setOwner(owner(), false))).toBe('last-owner')
    await setOwner(PERSON, true)
    const dismissOwner = () => setOwner(owner(), false, home.member, home.newInstance())
    const others: (string | undefined)[] = []
    const overtaken = home.overtaken('putPerson', async () => others.push(outcomeOf(await dismissOwner())))
    const own = outcomeOf(await setOwner(PERSON, false, home.owner, overtaken))
    expect([own, ...others].filter((outcome) => outcome === 'done')).toHaveLength(1)
    expect(await owners()).toHaveLength(1)
  })

  it('are never none when many resign or are dismissed at once', async () => {
    for (let round = 0; round < 20; round += 1) {
      home = createHome()
      await home.furnish()
      await home.viewerHello(home.stranger)
      for (const person of [PERSON, home.stranger.principal.id]) await setOwner(person, true)
      await Promise.all(
        [home.owner, home.member, home.stranger].flatMap((by) =>
          [home.owner, home.member, home.stranger].map((target) =>
            setOwner(
              target.principal.id,
              false,
              { ...by, connection: `${by.connection}-${target.connection}` },
              home.newInstance(),
            ),
          ),
        ),
      )
      expect((await owners()).length).toBeGreaterThanOrEqual(1)
    }
  })

  it('are made of people who have signed in', async () => {
    expect(outcomeOf(await setOwner('z'.repeat(43), true))).toBe('unknown-person')
    expect(outcomeOf(await setOwner('z'.repeat(43), false))).toBe('unknown-person')
  })

  it('[R44] made twice are made once', async () => {
    await setOwner(PERSON, true)
    const revision = (await home.store.getPerson(PERSON))?.revision
    home.posted.take()
    expect(outcomeOf(await setOwner(PERSON, true))).toBe('done')
    expect((await home.store.getPerson(PERSON))?.revision).toBe(revision)
    expect(home.posted.take()).toEqual([])
  })

  it('dismissed while they say hello are listed as what they are then', async () => {
    await setOwner(PERSON, true)
    const page = { ...home.member, connection: 'page' }
    const at = home.overtaken('addConnection', () => setOwner(PERSON, false, home.owner, home.newInstance()))
    await home.viewerHello(page, at)
    expect(home.posted.takeFor('page').at(-1)).toMatchObject({
      self: { owner: false },
      cameras: [{ camera: PORCH }],
    })
    await home.say(home.device, { type: 'status', cameras: [{ name: 'cellar', state: 'busy' }] })
    expect(home.heardBy('page')).toEqual([])
  })

  it('made and dismissed at once are listed, and welcomed last, as what they are then', async () => {
    const at = home.overtaken('listConnections', () =>
      setOwner(PERSON, false, home.owner, home.newInstance()),
    )
    await setOwner(PERSON, true, home.owner, at)
    const listed = (await home.store.listConnections()).filter(({ viewer }) => viewer === PERSON)
    expect(listed).toMatchObject([{ owner: false }])
    const welcomes = home.posted.takeFor('member').filter(({ type }) => type === 'welcome')
    expect(welcomes.at(-1)).toMatchObject({ self: { owner: false }, cameras: [{ camera: PORCH }] })
  })

  it('dismissed while they call are hung up', async () => {
    await setOwner(PERSON, true)
    const at = home.overtaken('openCall', () => setOwner(PERSON, false, home.owner, home.newInstance()))
    await home.say(home.member, call, at)
    await home.say(home.member, answerFor(call))
    expect(await home.store.getCall(DEVICE, CALL)).toMatchObject({
      state: 'ended',
      endReason: 'access-revoked',
    })
  })

  it('list everyone who has signed in, and themselves as such', async () => {
    await home.viewerHello(home.stranger)
    expect(answerTo(await home.ask(home.owner, { op: 'list-people' }))['people']).toMatchObject([
      { name: OWNER_EMAIL, owner: true, self: true },
      { name: MEMBER_EMAIL, owner: false, self: false },
      { name: 'stranger@else.example' },
    ])
  })
})
