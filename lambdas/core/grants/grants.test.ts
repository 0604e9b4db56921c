import { beforeEach, describe, expect, it } from 'vitest'
import { MAX_GRANTS_PER_DEVICE } from '../../../protocol/operations.ts'
import type { Reply } from '../../../protocol/reply.ts'
import { answerTo, createHome, MEMBER_EMAIL, person, sender } from '../../testing/home.ts'
import {
  CALL,
  CELLAR,
  DEVICE,
  GARDEN,
  GRANT,
  hashOf,
  LINK,
  linkGrant,
  PORCH,
  personGrant,
} from '../../testing/samples.ts'
import type { GrantRecord } from '../records.ts'

let home: ReturnType<typeof createHome>

const refusal = (result: Reply['result'] | null) => (result?.kind === 'refused' ? result.code : result?.kind)
const grantTo = (email: string, camera = CELLAR, at = home.instance) =>
  home.ask(home.owner, { op: 'grant-to-person', camera, email }, at)
const HOUR = 3_600_000
const link = {
  op: 'grant-by-link',
  camera: CELLAR,
  hash: hashOf('x'),
  label: 'Cat sitter',
  until: HOUR,
  max: 1,
} as const
const revoke = (grant: string, camera = PORCH, at = home.instance) =>
  home.ask(home.owner, { op: 'revoke-grant', camera, grant }, at)
const call = { type: 'call', call: CALL, camera: PORCH }
const GUESTS = 'y'.repeat(22)

async function putGrants(grants: readonly GrantRecord[]): Promise<void> {
  const device = await home.store.getDevice(DEVICE)
  if (device === null) throw new Error('no device')
  await home.store.putDevice({ ...device, revision: device.revision + 1, grants }, device.revision)
}

beforeEach(async () => {
  home = createHome()
  await home.furnish()
})

describe('a grant to a person', () => {
  it('[R33] [R25] is at once the right of who has proven the address, whose pages hear of the camera', async () => {
    const { invited } = answerTo(await grantTo('  Member@Home.Example'.trim()))
    expect(invited).toBe(false)
    expect(home.posted.take()).toMatchObject([
      { connection: 'member', message: { type: 'presence', camera: CELLAR, state: 'online' } },
    ])
    await home.say(home.member, { ...call, camera: CELLAR })
    expect(home.heardBy('device')).toEqual(['call'])
    expect(home.accounts.invited).toEqual([])
  })

  it('invites who has not signed in yet, and becomes a right at the first hello', async () => {
    const { grant, invited } = answerTo(await grantTo('New@Home.Example'))
    expect(invited).toBe(true)
    expect(home.accounts.invited).toEqual(['new@home.example'])
    const newcomer = sender(person('1'.repeat(43), 'new@home.example'), 'newcomer')
    await home.viewerHello(newcomer)
    expect(home.posted.takeFor('newcomer').at(-1)).toMatchObject({
      cameras: [{ camera: CELLAR, role: 'viewer' }],
    })
    expect(grant).toMatch(/^[\w-]{22}$/)
  })

  it('invites nobody who has an account, nor where accounts are made elsewhere', async () => {
    home.accounts.known.add('known@home.example')
    expect(answerTo(await grantTo('known@home.example'))['invited']).toBe(false)
    const elsewhere = { ...home.instance, accounts: { invite: async () => 'none' as const } }
    expect(answerTo(await grantTo('new@home.example', CELLAR, elsewhere))['invited']).toBe(false)
  })

  it('stands when the invitation cannot be sent, and the address is in no log line', async () => {
    home.accounts.failing.add('new@home.example')
    expect(refusal(await grantTo('new@home.example'))).toBe('invitation-failed')
    expect((await home.store.getDevice(DEVICE))?.grants).toMatchObject([
      {},
      {},
      { email: 'new@home.example' },
    ])
    home.accounts.failing.clear()
    expect(answerTo(await grantTo('new@home.example'))['invited']).toBe(true)
    expect(home.logged.join('\n')).not.toContain('@')
  })

  it('[R44] asked for again is the same grant', async () => {
    const first = answerTo(await grantTo('new@home.example'))['grant']
    expect(answerTo(await grantTo('NEW@home.example', CELLAR, home.newInstance()))['grant']).toBe(first)
    expect(answerTo(await grantTo('new@home.example', PORCH))['grant']).not.toBe(first)
    expect(answerTo(await grantTo(MEMBER_EMAIL, PORCH))['grant']).toBe(GRANT)
    expect((await home.store.getDevice(DEVICE))?.grants).toHaveLength(4)
  })

  it('finds who signs in for the first time while it is given', async () => {
    const newcomer = sender(person('1'.repeat(43), 'new@home.example'), 'newcomer')
    const at = home.overtaken('getDevice', () => home.viewerHello(newcomer))
    expect(answerTo(await grantTo('new@home.example', CELLAR, at))['invited']).toBe(false)
    expect(home.posted.takeFor('newcomer')).toMatchObject([
      { type: 'welcome', cameras: [] },
      { type: 'presence', camera: CELLAR },
    ])
    expect(home.accounts.invited).toEqual([])
  })

  it('goes to the account that was made last of those with one address', async () => {
    await home.viewerHello(sender(person('1'.repeat(43), 'twice@home.example'), 'first'))
    home.state.time += 1_000
    await home.viewerHello(sender(person('2'.repeat(43), 'twice@home.example'), 'second'))
    await grantTo('twice@home.example')
    expect((await home.store.getDevice(DEVICE))?.grants.at(-1)).toMatchObject({ person: '2'.repeat(43) })
  })

  it('is refused for a camera that is not there', async () => {
    for (const camera of [`${DEVICE}.attic`, `${'x'.repeat(43)}.porch`]) {
      expect(refusal(await grantTo('new@home.example', camera))).toBe('unknown-camera')
    }
    expect(home.accounts.invited).toEqual([])
  })
})

describe('a guest link', () => {
  it('shows the guest one camera, and its secret is not known to the cloud', async () => {
    const grant = String(answerTo(await home.ask(home.owner, link))['grant'])
    expect(await home.store.getLink(link.hash)).toEqual({
      hash: link.hash,
      device: DEVICE,
      grant,
      until: HOUR,
    })
    const guest = sender({ kind: 'guest', id: grant, device: DEVICE } as const, 'sitter')
    await home.viewerHello(guest)
    expect(home.posted.takeFor('sitter')).toMatchObject([
      {
        self: { kind: 'guest', name: 'Cat sitter' },
        cameras: [{ camera: CELLAR, role: 'guest', until: HOUR }],
      },
    ])
  })

  it('[R44] asked for again is the same link', async () => {
    const first = await home.ask(home.owner, link)
    expect(await home.ask(home.owner, link, home.newInstance())).toEqual(first)
    expect((await home.store.getDevice(DEVICE))?.grants).toHaveLength(3)
  })

  it('asked for again after it was taken back does not come back', async () => {
    const grant = String(answerTo(await home.ask(home.owner, link))['grant'])
    await revoke(grant, CELLAR)
    expect(refusal(await home.ask(home.owner, link))).toBe('unknown-grant')
    expect(refusal(await home.ask(home.owner, { ...link, camera: GARDEN }))).toBe('unknown-grant')
    expect((await home.store.getDevice(DEVICE))?.grants).toHaveLength(2)
  })

  it('cannot be moved to another camera by asking again', async () => {
    await home.ask(home.owner, link)
    expect(refusal(await home.ask(home.owner, { ...link, camera: PORCH }))).toBe('unknown-grant')
    expect(refusal(await home.ask(home.owner, { ...link, camera: GARDEN }))).toBe('unknown-grant')
  })

  it('is refused when its hour is over, and for a camera that is not there', async () => {
    expect(await home.ask(home.owner, { ...link, until: home.state.time })).toMatchObject({
      code: 'bad-message',
      detail: expect.stringContaining('until'),
    })
    expect(refusal(await home.ask(home.owner, { ...link, camera: `${DEVICE}.attic` }))).toBe('unknown-camera')
    expect(await home.store.getLink(link.hash)).toBeNull()
  })
})

describe('a device’s grants', () => {
  it('are as many as its item has room for', async () => {
    await putGrants(
      Array.from({ length: MAX_GRANTS_PER_DEVICE - 1 }, (_, n) =>
        personGrant({ grant: `g${n}`, email: `p${n}@x` }),
      ),
    )
    expect(refusal(await grantTo('one-more@home.example'))).toBe('done')
    expect(refusal(await grantTo('too-many@home.example'))).toBe('too-many-grants')
    expect(refusal(await home.ask(home.owner, link))).toBe('too-many-grants')
  })

  it('make room when links have been over for a day', async () => {
    await putGrants(
      Array.from({ length: MAX_GRANTS_PER_DEVICE }, (_, n) => linkGrant({ grant: `g${n}`, until: HOUR })),
    )
    home.state.time = HOUR + 24 * HOUR - 1
    expect(refusal(await grantTo('new@home.example'))).toBe('too-many-grants')
    home.state.time += 1
    expect(refusal(await grantTo('new@home.example'))).toBe('done')
  })

  it('are listed for one camera, without links that are over', async () => {
    await grantTo('new@home.example', PORCH)
    await home.ask(home.owner, link)
    const list = async (camera: string) =>
      answerTo(await home.ask(home.owner, { op: 'list-grants', camera }))['grants'] as unknown[]
    expect(await list(PORCH)).toMatchObject([
      { grant: GRANT, camera: PORCH, kind: 'person', name: MEMBER_EMAIL },
      { grant: LINK, camera: PORCH, kind: 'link', name: 'Neighbour', until: HOUR, max: 2 },
      { kind: 'invited', name: 'new@home.example' },
    ])
    expect(await list(CELLAR)).toMatchObject([{ kind: 'link', name: 'Cat sitter' }])
    home.state.time = HOUR
    expect(await list(CELLAR)).toEqual([])
    expect(refusal(await home.ask(home.owner, { op: 'list-grants', camera: `${DEVICE}.attic` }))).toBe(
      'unknown-camera',
    )
  })
})

describe('a revoked grant', () => {
  it('[R36] of a person takes the camera away and hangs up at both ends', async () => {
    await home.say(home.member, call)
    await home.say(home.guest, { ...call, call: GUESTS })
    home.posted.take()
    expect(refusal(await revoke(GRANT, PORCH, home.newInstance()))).toBe('done')
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
      await home.say(isGuests ? home.guest : home.member, call, placing)
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
    await putGrants([personGrant(), personGrant({ grant: 'h'.repeat(22), email: 'other@home.example' })])
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
    expect(refusal(await revoke('x'.repeat(22)))).toBe('unknown-grant')
    expect(refusal(await revoke(GRANT, CELLAR))).toBe('unknown-grant')
    await home.say(home.member, call)
    const down = {
      ...home.newInstance(),
      store: { ...home.store, listCalls: () => Promise.reject(new Error('down')) },
    }
    expect(refusal(await revoke(GRANT, PORCH, down))).toBe('internal')
    expect((await home.store.getCall(DEVICE, CALL))?.state).toBe('live')
    expect(refusal(await revoke(GRANT))).toBe('unknown-grant')
    expect((await home.store.getCall(DEVICE, CALL))?.state).toBe('ended')
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
