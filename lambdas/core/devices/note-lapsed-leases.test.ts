import { beforeEach, describe, expect, it } from 'vitest'
import { createHome } from '../../testing/home.ts'
import { CALL, DEVICE, OTHER_DEVICE, PORCH } from '../../testing/samples.ts'
import { disconnect } from '../disconnect.ts'

let home: ReturnType<typeof createHome>
let leaseUntil: number

beforeEach(async () => {
  home = createHome()
  await home.furnish()
  leaseUntil = home.state.time + 11 * 60_000
  home.state.time = leaseUntil - 1
  await home.say(home.otherDevice, { type: 'status', cameras: [] })
  home.state.time = leaseUntil + 60_000
  home.posted.take()
})

const offline = { type: 'presence', camera: PORCH, state: 'offline' }

describe('a lease that is over', () => {
  it('[R28] [R52] is noted by the next viewer’s hello, and everybody who may see the camera is told since when', async () => {
    await home.viewerHello(home.owner)
    expect(home.posted.takeFor('member')).toMatchObject([{ ...offline, since: leaseUntil }])
    expect(home.posted.takeFor('guest')).toMatchObject([{ ...offline, since: leaseUntil }])
    expect(home.heardBy('owner')[0]).toBe('welcome')
    expect((await home.store.getDevice(DEVICE))?.connection).toBeNull()
    expect((await home.store.getDevice(OTHER_DEVICE))?.connection).toBe('other-device')
  })

  it('[R52] is noted by a guest’s hello and by a call, which is answered camera-offline', async () => {
    await home.say(home.member, { type: 'call', call: CALL, camera: PORCH })
    expect(home.heardBy('member')).toEqual(['camera-offline', 'presence'])
    expect(home.posted.takeFor('guest')).toMatchObject([{ ...offline, since: leaseUntil }])
    home.posted.take()
    await home.viewerHello(home.guest)
    expect(home.posted.take()).toMatchObject([{ connection: 'guest', message: { type: 'welcome' } }])
  })

  it('[R52] asks the device to say hello, for it may be there, and with that it is back for everybody', async () => {
    await home.viewerHello(home.owner)
    expect(home.posted.takeFor('device')).toEqual([{ type: 'error', code: 'say-hello' }])
    home.posted.take()
    home.state.time += 1_000
    await home.deviceHello(home.device, ['porch', 'cellar'])
    expect(home.posted.takeFor('member')).toMatchObject([{ state: 'online', since: home.state.time }])
  })

  it('[R52] is written once by a burst of hellos', async () => {
    home.state.writes = 0
    const pages = Array.from({ length: 20 }, (_, n) => ({ ...home.member, connection: `page-${n}` }))
    await Promise.all(pages.map((page) => home.viewerHello(page, home.newInstance())))
    expect(home.posted.takeFor('device')).toHaveLength(1)
    const before = await home.store.getDevice(DEVICE)
    await home.viewerHello(home.owner)
    expect(await home.store.getDevice(DEVICE)).toEqual(before)
  })

  it('[R52] that cannot be noted is no failure of who came upon it', async () => {
    const at = home.newInstance()
    const store = { ...home.store, putDevice: () => Promise.reject(new Error('down')) }
    await home.viewerHello(home.member, { ...at, store })
    await home.say(home.member, { type: 'call', call: CALL, camera: PORCH }, { ...at, store })
    expect(home.heardBy('member')).toEqual(['welcome', 'camera-offline'])
    expect(home.failures).toHaveLength(2)
  })

  it('[R25] is told by a late disconnect too, to those who were told nothing yet', async () => {
    await disconnect(home.instance, home.device)
    expect(home.posted.takeFor('member')).toMatchObject([{ ...offline, since: leaseUntil }])
  })

  it('[R25] whose device says hello before anybody came upon it flaps for nobody who believed it there', async () => {
    await home.deviceHello(home.device, ['porch', 'cellar'])
    expect(home.posted.takeFor('member')).toMatchObject([{ camera: PORCH, state: 'online' }])
  })
})
