import { beforeEach, describe, expect, it } from 'vitest'
import { frameBytes, MAX_FRAME_BYTES } from '../../../protocol/frame.ts'
import { createHome, greeting, MEMBER_EMAIL, OWNER_EMAIL, sender } from '../../testing/home.ts'
import { CELLAR, DEVICE, deviceRecord, GARDEN, LINK, PERSON, PORCH } from '../../testing/samples.ts'
import { disconnect } from '../disconnect.ts'

let home: ReturnType<typeof createHome>

beforeEach(async () => {
  home = createHome()
  await home.furnish()
})

describe('hello of a viewer', () => {
  it('[R3] [R4] [R25] [R33] is answered by a welcome with who it is and what it may see, each time', async () => {
    for (let n = 0; n < 2; n += 1) {
      for (const from of [home.owner, home.member, home.guest, home.stranger]) await home.viewerHello(from)
      expect(home.posted.takeFor('owner')).toMatchObject([
        {
          type: 'welcome',
          self: { kind: 'person', name: OWNER_EMAIL, owner: true },
          cameras: [
            { camera: PORCH, role: 'owner' },
            { camera: CELLAR, role: 'owner' },
            { camera: GARDEN, role: 'owner' },
          ],
        },
      ])
      expect(home.posted.takeFor('member')).toMatchObject([
        {
          self: { kind: 'person', name: MEMBER_EMAIL, owner: false },
          cameras: [{ camera: PORCH, role: 'viewer' }],
        },
      ])
      expect(home.posted.takeFor('guest')).toMatchObject([
        {
          self: { kind: 'guest', name: 'Neighbour', owner: false },
          cameras: [{ camera: PORCH, role: 'guest', until: 3_600_000 }],
        },
      ])
      expect(home.posted.takeFor('stranger')).toMatchObject([{ cameras: [] }])
    }
  })

  it('[R6] of an unknown version is refused and changes nothing', async () => {
    const before = await home.store.listPeople()
    await home.say(home.stranger, { ...greeting, protocol: 99 })
    expect(home.heardBy('stranger')).toEqual(['unsupported-version'])
    expect(await home.store.listConnections()).toHaveLength(3)
    expect(await home.store.listPeople()).toEqual(before)
  })

  it('[R7] is answered within one frame, whatever there is, with those first that can be watched', async () => {
    const cameras = Array.from({ length: 16 }, (_, n) => ({
      name: `c${n}`,
      label: '見'.repeat(64),
      state: 'ready',
    }))
    for (let n = 0; n < 12; n += 1) {
      const id = String(n % 10).repeat(42) + String.fromCharCode(97 + n)
      await home.store.putDevice(deviceRecord({ id, connection: null, cameras: [] }), null)
      const device = sender({ kind: 'device', id } as const, `d${n}`)
      await home.say(device, { ...greeting, cameras })
      if (n % 2 === 0) await disconnect(home.instance, device)
    }
    home.posted.take()
    await home.viewerHello(home.owner)
    const [welcome] = home.posted.takeFor('owner')
    expect(frameBytes(welcome ?? {})).toBeLessThanOrEqual(MAX_FRAME_BYTES)
    const states =
      welcome?.type === 'welcome' && 'cameras' in welcome ? welcome.cameras.map(({ state }) => state) : []
    expect(states.filter((state) => state === 'online')).toHaveLength(6 * 16 + 3)
    expect(states.at(-1)).toBe('offline')
    expect(home.failures).toHaveLength(1)
  })

  it('writes the person when the name or the address is different, and only then', async () => {
    const [revision] = [(await home.store.getPerson(PERSON))?.revision]
    await home.viewerHello(home.member)
    expect((await home.store.getPerson(PERSON))?.revision).toBe(revision)
    await home.viewerHello(sender({ ...home.member.principal, email: null, name: 'Aiko' }, 'member'))
    expect(await home.store.getPerson(PERSON)).toMatchObject({ name: 'Aiko', email: null })
  })

  it('takes a connection off the list when it is over, and an unknown one does no harm', async () => {
    await disconnect(home.instance, home.member)
    await disconnect(home.instance, home.stranger)
    await disconnect(home.instance, sender({ kind: 'nobody', reason: 'token-expired' }, 'owner'))
    const connections = (await home.store.listConnections()).map(({ connection }) => connection)
    expect([...connections].sort()).toEqual(['guest', 'owner'])
  })
})

describe('a guest', () => {
  it.each([
    [
      'after the link’s hour',
      'link-expired',
      () => Promise.resolve(Object.assign(home.state, { time: 3_600_000 })),
    ],
    [
      'after the link was taken back',
      'link-revoked',
      () => home.ask(home.owner, { op: 'revoke-grant', camera: PORCH, grant: LINK }),
    ],
    [
      'after the device was unpaired',
      'link-revoked',
      () => home.ask(home.owner, { op: 'unpair-device', device: DEVICE }),
    ],
  ] as const)('[R30] %s is told %s and closed', async (_when, code, happens) => {
    await happens()
    home.posted.take()
    home.posted.takeDisconnected()
    const late = { ...home.guest, connection: 'late' }
    await home.viewerHello(late, home.newInstance())
    expect(home.posted.takeFor('late')).toEqual([{ type: 'error', code }])
    expect(home.posted.takeDisconnected()).toEqual(['late'])
    expect((await home.store.listConnections()).map(({ connection }) => connection)).not.toContain('late')
  })
})

describe('presence', () => {
  it('[R25] comes to those who may see the camera, and to nobody else', async () => {
    await home.viewerHello(home.stranger)
    home.posted.take()
    await home.say(home.device, {
      type: 'status',
      cameras: [
        { name: 'porch', state: 'busy' },
        { name: 'cellar', state: 'busy' },
      ],
    })
    const heard = home.posted.take().map(({ connection, message }) => {
      return `${connection} ${'camera' in message ? message.camera.slice(44) : message.type}`
    })
    expect(heard.sort()).toEqual(['guest porch', 'member porch', 'owner cellar', 'owner porch'])
  })

  it('[R3] comes to nobody who has not said hello', async () => {
    await home.say(home.device, { type: 'status', cameras: [{ name: 'porch', state: 'busy' }] })
    expect(home.heardBy('stranger')).toEqual([])
  })

  it('forgets a viewer whose connection is gone', async () => {
    home.posted.gone.add('member')
    await home.say(home.device, { type: 'status', cameras: [{ name: 'porch', state: 'busy' }] })
    const connections = (await home.store.listConnections()).map(({ connection }) => connection)
    expect([...connections].sort()).toEqual(['guest', 'owner'])
  })

  it('[R25] reaches a viewer that says hello while it changes: by its welcome, or after it', async () => {
    const late = { ...home.member, connection: 'late' }
    const busy = () => home.say(home.device, { type: 'status', cameras: [{ name: 'porch', state: 'busy' }] })
    await home.viewerHello(late, home.overtaken('listDevices', busy))
    expect(home.posted.takeFor('late')).toMatchObject([
      { type: 'presence', state: 'busy' },
      { type: 'welcome', cameras: [{ state: 'busy' }] },
    ])
  })
})
