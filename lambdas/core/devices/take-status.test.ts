import { beforeEach, describe, expect, it } from 'vitest'
import { createHome, greeting, sender } from '../../testing/home.ts'
import { DEVICE, PORCH } from '../../testing/samples.ts'
import { disconnect } from '../disconnect.ts'

let home: ReturnType<typeof createHome>

const busy = { type: 'status', cameras: [{ name: 'porch', state: 'busy' }] }

beforeEach(async () => {
  home = createHome()
  await home.furnish()
})

describe('status', () => {
  it('[R27] tells the viewers what changed, and the same again tells nobody and looks for nobody', async () => {
    await home.say(home.device, busy)
    expect(home.posted.takeFor('owner')).toMatchObject([{ camera: PORCH, state: 'busy' }])
    home.posted.take()
    Object.assign(home.state, { reads: 0, writes: 0 })
    await home.say(home.device, busy)
    expect(home.posted.take()).toEqual([])
    expect(home.state).toMatchObject({ reads: 1, writes: 1 })
  })

  it('[R27] is no failure of the device when a viewer cannot be told, and the others are', async () => {
    home.posted.failing.add('member')
    await home.say(home.device, busy)
    expect(home.heardBy('device')).toEqual([])
    expect(home.heardBy('owner')).toEqual(['presence'])
    expect(home.failures).toHaveLength(1)
  })

  it('[R5] [R52] on a connection that is not the address changes nothing, and is answered say-hello', async () => {
    await home.deviceHello(sender(home.device.principal, 'device-2', 9_000), ['porch', 'cellar'])
    home.posted.take()
    const before = await home.store.getDevice(DEVICE)
    await home.say(home.device, busy)
    expect(home.posted.take()).toEqual([
      { connection: 'device', message: { type: 'error', code: 'say-hello' } },
    ])
    expect(await home.store.getDevice(DEVICE)).toEqual(before)
  })

  it('[R52] of a device that was taken for gone is answered say-hello, with which it is back', async () => {
    await disconnect(home.instance, home.device)
    home.posted.take()
    await home.say(home.device, busy)
    expect(home.heardBy('device')).toEqual(['say-hello'])
    await home.deviceHello(home.device, ['porch', 'cellar'])
    expect(home.posted.takeFor('member')).toMatchObject([{ camera: PORCH, state: 'online' }])
  })

  it.each([
    ['status', (at: typeof home.instance) => home.say(home.device, busy, at)],
    [
      'hello',
      (at: typeof home.instance) =>
        home.say(
          sender(home.device.principal, 'device-2', home.state.time),
          { ...greeting, cameras: [{ name: 'porch', state: 'busy' }] },
          at,
        ),
    ],
  ] as const)(
    '[R50] a %s that is said again within a minute tells what whoever wrote it failed to tell',
    async (_what, said) => {
      const untold = { ...home.store, listConnections: () => Promise.reject(new Error('died')) }
      home.state.time += 120_000
      await said({ ...home.newInstance(), store: untold })
      expect(home.heardBy('member')).toEqual([])
      const since = home.state.time
      home.state.time += 15_000
      await said(home.instance)
      expect(home.posted.takeFor('member')).toMatchObject([{ camera: PORCH, state: 'busy', since }])
      home.state.time += 60_000
      await said(home.instance)
      expect(home.heardBy('member')).toEqual([])
    },
  )

  it('[R50] an older one that comes later renews the lease, and is told to nobody', async () => {
    await home.say(home.device, { ...busy, sequence: 7 })
    home.posted.take()
    home.state.time += 61_000
    const ready = { type: 'status', cameras: [{ name: 'porch', state: 'ready' }] }
    for (const sequence of [6, 7]) await home.say(home.device, { ...ready, sequence })
    expect(home.posted.take()).toEqual([])
    expect(await home.store.getDevice(DEVICE)).toMatchObject({ leaseUntil: home.state.time + 660_000 })
    await home.say(home.device, { ...ready, sequence: 8 })
    expect(home.posted.takeFor('member')).toMatchObject([{ camera: PORCH, state: 'online' }])
  })
})
