import { beforeEach, describe, expect, it } from 'vitest'
import { createHome, MEMBER_EMAIL, outcomeOf } from '../../testing/home.ts'
import {
  answerFor,
  CALL,
  CELLAR,
  DEVICE,
  GARDEN,
  GRANT,
  LINK,
  OTHER_DEVICE,
  PORCH,
  personGrant,
} from '../../testing/samples.ts'

let home: ReturnType<typeof createHome>

const grantTo = (email: string, camera = CELLAR, at = home.instance) =>
  home.ask(home.owner, { op: 'grant-to-person', camera, email }, at)
const revoke = (grant: string, camera = PORCH, at = home.instance) =>
  home.ask(home.owner, { op: 'revoke-grant', camera, grant }, at)
const call = { type: 'call', call: CALL, camera: PORCH }
const GUESTS = 'y'.repeat(22)

beforeEach(async () => {
  home = createHome()
  await home.furnish()
})

describe('a revoked grant', () => {
  it('[R36] of a person takes the camera away and hangs up at both ends', async () => {
    await home.say(home.member, call)
    await home.say(home.guest, { ...call, call: GUESTS })
    home.posted.take()
    expect(outcomeOf(await revoke(GRANT, PORCH, home.newInstance()))).toBe('done')
    const hungUp = { type: 'hangup', call: CALL, reason: 'access-revoked' }
    expect(home.posted.takeFor('device')).toEqual([hungUp])
    expect(home.posted.takeFor('member')).toMatchObject([{ camera: PORCH, state: 'removed' }, hungUp])
    expect(home.posted.takeFor('guest')).toEqual([])
    expect(home.heardBy('owner')).toEqual(['watching'])
    await home.say(home.member, { ...call, call: 'z'.repeat(22) })
    expect(home.heardBy('member')).toEqual(['unknown-camera'])
    expect((await home.store.getCall(DEVICE, GUESTS))?.state).toBe('live')
  })

  it('[R36] of a link hangs its guests up, tells them and closes their connections', async () => {
    const second = { ...home.guest, connection: 'guest-2' }
    await home.viewerHello(second)
    await home.say(home.guest, { ...call, call: GUESTS })
    home.posted.take()
    await revoke(LINK)
    expect(home.posted.takeFor('device')).toEqual([
      { type: 'hangup', call: GUESTS, reason: 'access-revoked' },
    ])
    expect(home.heardBy('guest')).toEqual(['presence', 'hangup', 'link-revoked'])
    expect(home.heardBy('guest-2')).toEqual(['presence', 'link-revoked'])
    expect(home.posted.takeDisconnected().sort()).toEqual(['guest', 'guest-2'])
    expect(await home.store.listConnections()).toHaveLength(2)
  })

  it('[R36] reaches a call that was being placed, whenever it is taken back', async () => {
    for (const operation of ['openCall', 'getPersonAndDevice', 'getDevice'] as const) {
      home = createHome()
      await home.furnish()
      const isGuests = operation === 'getDevice'
      const placing = home.overtaken(operation, () =>
        revoke(isGuests ? LINK : GRANT, PORCH, home.newInstance()),
      )
      const caller = isGuests ? home.guest : home.member
      await home.say(caller, call, placing)
      await home.say(caller, answerFor(call))
      const record = await home.store.getCall(DEVICE, CALL)
      expect(record?.state ?? 'never').not.toBe('live')
      const heard = home.posted.takeFor('device').map(({ type }) => type)
      expect(heard.filter((type) => type === 'call').length).toBeLessThanOrEqual(
        heard.filter((type) => type === 'hangup').length,
      )
    }
  })

  it('[R36] leaves a guest no listed connection that was being made', async () => {
    const late = { ...home.guest, connection: 'late' }
    for (const operation of ['addConnection', 'getDevice'] as const) {
      home = createHome()
      await home.furnish()
      await home.viewerHello(
        late,
        home.overtaken(operation, () => revoke(LINK, PORCH, home.newInstance())),
      )
      expect((await home.store.listConnections()).map(({ connection }) => connection)).not.toContain('late')
      expect(home.posted.takeDisconnected()).toContain('late')
    }
  })

  it('leaves a person’s call alone who may see the camera by another grant, or as an owner', async () => {
    await home.putGrants([personGrant(), personGrant({ grant: 'h'.repeat(22), email: 'other@home.example' })])
    await home.say(home.member, call)
    await home.say(home.owner, { ...call, call: GUESTS })
    home.posted.take()
    await revoke(GRANT)
    expect(home.posted.take()).toEqual([])
    await revoke('h'.repeat(22))
    expect(home.heardBy('member')).toEqual(['presence', 'hangup'])
    expect((await home.store.getCall(DEVICE, GUESTS))?.state).toBe('live')
  })

  it('hangs the viewer up though the host cannot be told, and the other way round', async () => {
    for (const failing of ['device', 'member']) {
      home = createHome()
      await home.furnish()
      await home.say(home.member, call)
      home.posted.take()
      home.posted.failing.add(failing)
      await revoke(GRANT)
      expect(home.heardBy(failing === 'device' ? 'member' : 'device')).toContain('hangup')
      expect(await home.store.getCall(DEVICE, CALL)).toMatchObject({ state: 'ended' })
    }
  })

  it('that nobody has is unknown, and asked again ends what an attempt that failed has left', async () => {
    expect(outcomeOf(await revoke('x'.repeat(22)))).toBe('unknown-grant')
    expect(outcomeOf(await revoke(GRANT, CELLAR))).toBe('unknown-grant')
    await home.say(home.member, call)
    const down = {
      ...home.newInstance(),
      store: { ...home.store, listCalls: () => Promise.reject(new Error('down')) },
    }
    expect(outcomeOf(await revoke(GRANT, PORCH, down))).toBe('internal')
    expect((await home.store.getCall(DEVICE, CALL))?.state).toBe('live')
    expect(outcomeOf(await revoke(GRANT))).toBe('unknown-grant')
    expect((await home.store.getCall(DEVICE, CALL))?.state).toBe('ended')
  })

  it('[R36] of a link is told to nobody of its guests any more, though the gateway fails to close their connections', async () => {
    home.posted.failing.add('guest')
    await revoke(LINK)
    home.posted.failing.clear()
    expect((await home.store.listConnections()).map(({ connection }) => connection)).not.toContain('guest')
    await home.viewerHello(home.guest)
    expect(home.heardBy('guest')).toEqual(['link-revoked'])
    expect(home.posted.takeDisconnected()).toEqual(['guest'])
  })

  it('named with a camera that it is not of is unknown, and stays with all who have it', async () => {
    await home.say(home.guest, { ...call, call: GUESTS })
    home.posted.take()
    for (const camera of [CELLAR, GARDEN, `${OTHER_DEVICE}.porch`]) {
      expect(outcomeOf(await revoke(LINK, camera))).toBe('unknown-grant')
    }
    expect(home.posted.take()).toEqual([])
    expect(home.posted.takeDisconnected()).toEqual([])
    expect(await home.store.listConnections()).toHaveLength(3)
    expect((await home.store.getCall(DEVICE, GUESTS))?.state).toBe('live')
  })

  it('[R36] asked again throws the guests out whom an attempt that failed has left', async () => {
    const down = {
      ...home.newInstance(),
      store: { ...home.store, listConnections: () => Promise.reject(new Error('down')) },
    }
    expect(outcomeOf(await revoke(LINK, PORCH, down))).toBe('internal')
    expect(outcomeOf(await revoke(LINK))).toBe('unknown-grant')
    expect(home.heardBy('guest')).toContain('link-revoked')
    expect(home.posted.takeDisconnected()).toEqual(['guest'])
  })

  it('given again is heard of again, later than its removal', async () => {
    await revoke(GRANT)
    const [removed] = home.posted.takeFor('member')
    home.state.time += 1
    await grantTo(MEMBER_EMAIL, PORCH)
    const [shown] = home.posted.takeFor('member')
    if (removed?.type !== 'presence' || shown?.type !== 'presence') throw new Error('no presence')
    expect([removed.state, shown.state]).toEqual(['removed', 'online'])
    expect(shown.since).toBeGreaterThanOrEqual(removed.since)
    await home.viewerHello(home.member)
    const welcome = home.posted.takeFor('member').at(-1)
    expect(welcome).toMatchObject({ cameras: [{ camera: PORCH, since: shown.since }] })
  })
})
