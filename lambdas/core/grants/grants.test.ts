import { beforeEach, describe, expect, it } from 'vitest'
import { MAX_GRANTS_PER_DEVICE } from '../../../protocol/operations.ts'
import { answerTo, createHome, MEMBER_EMAIL, outcomeOf, person, sender } from '../../testing/home.ts'
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

let home: ReturnType<typeof createHome>

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

beforeEach(async () => {
  home = createHome()
  await home.furnish()
})

describe('a grant to a person', () => {
  it('[R33] [R25] is at once the right of who has proven the address, whose pages hear of the camera', async () => {
    const { invitation } = answerTo(await grantTo('Member@Home.Example'))
    expect(invitation).toBe('known')
    expect(home.posted.take()).toMatchObject([
      { connection: 'member', message: { type: 'presence', camera: CELLAR, state: 'online' } },
    ])
    await home.say(home.member, { ...call, camera: CELLAR })
    expect(home.heardBy('device')).toEqual(['call'])
    expect(home.accounts.invited).toEqual([])
  })

  it('[R33] is the right of who proved the address last, though another who had it before came to Mihari later', async () => {
    const bob = sender(person('1'.repeat(43), 'bob@home.example'), 'bob')
    await home.viewerHello(bob)
    home.state.time += 1_000
    await home.viewerHello(sender(person('2'.repeat(43), 'team@home.example'), 'ann'))
    home.state.time += 1_000
    await home.viewerHello(sender(person('1'.repeat(43), 'team@home.example'), 'bob again'))
    expect(answerTo(await grantTo('team@home.example'))['invitation']).toBe('known')
    expect((await home.store.getDevice(DEVICE))?.grants.at(-1)).toMatchObject({ person: '1'.repeat(43) })
  })

  it('invites who has not signed in yet, and becomes a right at the first hello', async () => {
    const { grant, invitation } = answerTo(await grantTo('New@Home.Example'))
    expect(invitation).toBe('sent')
    expect(home.accounts.invited).toEqual(['new@home.example'])
    const newcomer = sender(person('1'.repeat(43), 'new@home.example'), 'newcomer')
    await home.viewerHello(newcomer)
    expect(home.posted.takeFor('newcomer').at(-1)).toMatchObject({
      cameras: [{ camera: CELLAR, role: 'viewer' }],
    })
    expect(grant).toMatch(/^[\w-]{22}$/)
  })

  it('invites nobody who has an account, nor where accounts are made elsewhere, and says so', async () => {
    home.accounts.known.add('known@home.example')
    expect(answerTo(await grantTo('known@home.example'))['invitation']).toBe('known')
    const elsewhere = { ...home.instance, accounts: { invite: async () => 'elsewhere' as const } }
    expect(answerTo(await grantTo('new@home.example', CELLAR, elsewhere))['invitation']).toBe('elsewhere')
    expect(answerTo(await grantTo(MEMBER_EMAIL, CELLAR, elsewhere))['invitation']).toBe('known')
  })

  it('stands when the invitation cannot be sent, and the address is in no log line', async () => {
    home.accounts.failing.add('new@home.example')
    expect(outcomeOf(await grantTo('new@home.example'))).toBe('invitation-failed')
    expect((await home.store.getDevice(DEVICE))?.grants).toMatchObject([
      {},
      {},
      { email: 'new@home.example' },
    ])
    home.accounts.failing.clear()
    expect(answerTo(await grantTo('new@home.example'))['invitation']).toBe('sent')
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
    expect(answerTo(await grantTo('new@home.example', CELLAR, at))['invitation']).toBe('known')
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

  it('[R33] is a right for an account that was made anew, invited again', async () => {
    await home.viewerHello(sender(person('1'.repeat(43), 'anew@home.example'), 'first'))
    const first = answerTo(await grantTo('anew@home.example'))['grant']
    home.state.time += 1_000
    const second = sender(person('2'.repeat(43), 'anew@home.example'), 'second')
    await home.viewerHello(second)
    home.posted.take()
    const again = answerTo(await grantTo('anew@home.example'))['grant']
    expect(again).not.toBe(first)
    await home.say(second, { ...call, camera: CELLAR })
    expect(home.heardBy('second')).toEqual(['presence'])
    expect(home.heardBy('device')).toEqual(['call'])
    expect(answerTo(await grantTo('anew@home.example'))['grant']).toBe(again)
  })

  it('invites the address again that somebody has proven and then given up', async () => {
    const { principal } = home.member
    await home.viewerHello(sender({ ...principal, email: 'moved@home.example' }, 'member'))
    expect(answerTo(await grantTo(MEMBER_EMAIL, PORCH))).toMatchObject({ invitation: 'sent' })
    expect((await home.store.getDevice(DEVICE))?.grants.at(-1)).toMatchObject({ person: null })
    expect(answerTo(await grantTo('moved@home.example', PORCH))['grant']).toBe(GRANT)
  })

  it('is refused for a camera that is not there', async () => {
    for (const camera of [`${DEVICE}.attic`, `${'x'.repeat(43)}.porch`]) {
      expect(outcomeOf(await grantTo('new@home.example', camera))).toBe('unknown-camera')
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
    expect(outcomeOf(await home.ask(home.owner, link))).toBe('unknown-grant')
    expect(outcomeOf(await home.ask(home.owner, { ...link, camera: GARDEN }))).toBe('unknown-grant')
    expect((await home.store.getDevice(DEVICE))?.grants).toHaveLength(2)
  })

  it('cannot be moved to another camera by asking again', async () => {
    await home.ask(home.owner, link)
    expect(outcomeOf(await home.ask(home.owner, { ...link, camera: PORCH }))).toBe('unknown-grant')
    expect(outcomeOf(await home.ask(home.owner, { ...link, camera: GARDEN }))).toBe('unknown-grant')
  })

  it('[R33] ends in ten years at the latest', async () => {
    const days = 24 * HOUR
    const latest = home.state.time + 3_653 * days
    expect(await home.ask(home.owner, { ...link, until: latest + 1 })).toMatchObject({
      code: 'bad-message',
      detail: 'until: is more than ten years ahead',
    })
    expect(await home.store.getLink(link.hash)).toBeNull()
    expect(outcomeOf(await home.ask(home.owner, { ...link, until: latest }))).toBe('done')
  })

  it('is refused when its hour is over, and for a camera that is not there', async () => {
    expect(await home.ask(home.owner, { ...link, until: home.state.time })).toMatchObject({
      code: 'bad-message',
      detail: expect.stringContaining('until'),
    })
    expect(outcomeOf(await home.ask(home.owner, { ...link, camera: `${DEVICE}.attic` }))).toBe(
      'unknown-camera',
    )
    expect(await home.store.getLink(link.hash)).toBeNull()
  })
})

describe('a device’s grants', () => {
  it('are as many as its item has room for', async () => {
    await home.putGrants(
      Array.from({ length: MAX_GRANTS_PER_DEVICE - 1 }, (_, n) =>
        personGrant({ grant: `g${n}`, email: `p${n}@x` }),
      ),
    )
    expect(outcomeOf(await grantTo('one-more@home.example'))).toBe('done')
    expect(outcomeOf(await grantTo('too-many@home.example'))).toBe('too-many-grants')
    expect(outcomeOf(await home.ask(home.owner, link))).toBe('too-many-grants')
  })

  it('make room when links have been over for a day', async () => {
    await home.putGrants(
      Array.from({ length: MAX_GRANTS_PER_DEVICE }, (_, n) => linkGrant({ grant: `g${n}`, until: HOUR })),
    )
    home.state.time = HOUR + 24 * HOUR - 1
    expect(outcomeOf(await grantTo('new@home.example'))).toBe('too-many-grants')
    home.state.time += 1
    expect(outcomeOf(await grantTo('new@home.example'))).toBe('done')
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
    expect(outcomeOf(await home.ask(home.owner, { op: 'list-grants', camera: `${DEVICE}.attic` }))).toBe(
      'unknown-camera',
    )
  })
})
