import { beforeEach, describe, expect, it } from 'vitest'
import { createHome, sender } from '../../testing/home.ts'
import { answerFor, CALL, CELLAR, DEVICE, GARDEN, LINK, PORCH, SDP } from '../../testing/samples.ts'
import { disconnect } from '../disconnect.ts'

let home: ReturnType<typeof createHome>

const call = { type: 'call', call: CALL, camera: PORCH }
const offer = { type: 'offer', call: CALL, sdp: SDP, candidates: [] }
const answer = answerFor(call)
const hangup = { type: 'hangup', call: CALL, camera: PORCH, reason: 'viewer-left' }

beforeEach(async () => {
  home = createHome()
  await home.furnish()
})

describe('a call', () => {
  it('[R11] [R35] reaches its host with who calls and by which role', async () => {
    await home.say(home.owner, call)
    expect(home.posted.take()).toEqual([
      { connection: 'device', message: { ...call, who: home.owner.principal.id, role: 'owner' } },
    ])
  })

  it('[R35] of a guest reaches its host with how long the right lasts, the link and its number', async () => {
    await home.say(home.guest, call)
    expect(home.posted.takeFor('device')).toEqual([
      { ...call, who: LINK, role: 'guest', leftMs: 3_600_000 - 10_000, link: { grant: LINK, max: 2 } },
    ])
  })

  it('[R35] tells the host no name and no address', async () => {
    await home.say(home.member, call)
    await home.say(home.guest, { ...call, call: 'z'.repeat(22) })
    expect(JSON.stringify(home.posted.takeFor('device'))).not.toMatch(/member|Neighbour/)
  })

  it('[R37] takes over only for an owner', async () => {
    for (const [from, id] of [
      [home.owner, 'x'],
      [home.member, 'y'],
      [home.guest, 'z'],
    ] as const) {
      await home.say(from, { ...call, call: id.repeat(22), takeOver: true })
    }
    const reached = home.posted.takeFor('device')
    expect(reached.map((message) => 'takeOver' in message)).toEqual([true, false, false])
  })

  it('[R11] to a camera that nobody has is refused', async () => {
    await home.say(home.owner, { ...call, camera: `${DEVICE}.attic` })
    await home.say(home.owner, { ...call, camera: `${'x'.repeat(43)}.porch` })
    expect(home.heardBy('owner')).toEqual(['unknown-camera', 'unknown-camera'])
  })

  it('[R11] of a viewer of one camera to another is refused as if there were none', async () => {
    for (const camera of [CELLAR, GARDEN, `${DEVICE}.attic`, `${'x'.repeat(43)}.porch`]) {
      for (const from of [home.member, home.guest]) {
        await home.say(from, { ...call, camera })
        expect(home.posted.takeFor(from.connection)).toEqual([
          { type: 'error', code: 'unknown-camera', call: CALL },
        ])
      }
    }
    expect(home.posted.take()).toEqual([])
    expect(await home.store.listCalls(DEVICE)).toEqual([])
  })

  it('[R33] of somebody who is only signed in is refused', async () => {
    await home.viewerHello(home.stranger)
    expect(home.posted.takeFor('stranger')).toMatchObject([{ type: 'welcome', cameras: [] }])
    await home.say(home.stranger, call)
    expect(home.heardBy('stranger')).toEqual(['unknown-camera'])
    expect(home.posted.take()).toEqual([])
  })

  it('[R11] to a camera whose device is offline is answered so, to those only who may see it', async () => {
    await disconnect(home.instance, home.device)
    home.posted.take()
    for (const from of [home.owner, home.member, home.guest]) await home.say(from, call)
    expect(home.heardBy('owner')).toEqual(['camera-offline'])
    expect(home.heardBy('member')).toEqual(['camera-offline'])
    expect(home.heardBy('guest')).toEqual(['camera-offline'])
    await home.say(home.member, { ...call, camera: CELLAR })
    expect(home.heardBy('member')).toEqual(['unknown-camera'])
  })

  it('[R11] to a device whose connection is gone finds that out, tells the caller and who may see it', async () => {
    home.posted.gone.add('device')
    await home.say(home.member, call)
    expect(home.posted.takeFor('member')).toMatchObject([
      { type: 'presence', camera: PORCH, state: 'offline' },
      { type: 'error', code: 'camera-offline', call: CALL },
    ])
    expect(home.heardBy('owner')).toEqual(['presence', 'presence'])
  })

  it('[R12] made twice reaches the host twice, and is one call, at the connection that it came on last', async () => {
    await home.say(home.member, call)
    await home.say({ ...home.member, connection: 'member-2' }, call)
    expect(home.heardBy('device')).toEqual(['call', 'call'])
    await home.say(home.device, offer)
    expect(home.heardBy('member-2')).toEqual(['offer'])
    expect(home.heardBy('member')).toEqual([])
  })

  it('[R13] with the id of a call of someone else, or to another camera, neither moves nor disturbs it', async () => {
    await home.say(home.member, call)
    home.posted.take()
    for (const at of [home.instance, home.newInstance()]) {
      await home.say(home.guest, call, at)
      await home.say(home.owner, { ...call, camera: CELLAR }, at)
      await home.say(home.owner, call, at)
      expect(home.heardBy('guest')).toEqual(['call-taken'])
      expect(home.heardBy('owner')).toEqual(['call-taken', 'call-taken'])
    }
    await home.say(home.device, offer)
    expect(home.heardBy('member')).toEqual(['offer'])
    expect(home.posted.take()).toEqual([])
  })

  it('[R13] with the id of a call at another device is a call of its own, for each has its own', async () => {
    await home.say(home.member, call)
    await home.say(home.owner, { ...call, camera: GARDEN })
    home.posted.take()
    await home.say(home.device, offer)
    expect(home.heardBy('member')).toEqual(['offer'])
    expect(home.posted.take()).toEqual([])
  })

  it('[R13] with the id of a call that is over is refused', async () => {
    await home.say(home.owner, call)
    await home.say(home.owner, hangup)
    home.posted.take()
    await home.say(home.owner, call)
    expect(home.heardBy('owner')).toEqual(['call-ended'])
    expect(home.posted.take()).toEqual([])
  })

  it('[R24] made again while its host is away is not over', async () => {
    await home.say(home.member, call)
    home.posted.take()
    home.posted.gone.add('device')
    await home.say(home.member, call)
    expect(home.heardBy('member')).toEqual(['presence', 'peer-gone'])
    await home.say(home.member, call)
    expect(home.heardBy('member')).toEqual(['peer-gone'])
    await home.say(home.member, { ...call, call: 'z'.repeat(22) })
    expect(home.heardBy('member')).toEqual(['camera-offline'])
    home.posted.gone.clear()
    await home.deviceHello(sender(home.device.principal, 'device-2', 9_000), ['porch', 'cellar'])
    home.posted.take()
    await home.say(home.member, answer)
    expect(home.heardBy('device-2')).toEqual(['answer'])
  })

  it('costs one read and one write until the host has it', async () => {
    for (const from of [home.owner, home.member, home.guest]) {
      Object.assign(home.state, { reads: 0, writes: 0 })
      const cost = new Promise<object>((resolve) => {
        const { connections } = home.instance
        const post: typeof connections.post = (connection, message) => {
          if (message.type === 'call') resolve({ ...home.state })
          return connections.post(connection, message)
        }
        const id = from.connection.padEnd(22, '-')
        home
          .say(from, { ...call, call: id }, { ...home.newInstance(), connections: { ...connections, post } })
          .catch(() => undefined)
      })
      // A cold instance reads the device's address with the right.
      expect(await cost).toMatchObject({ reads: 1, writes: 1 })
    }
  })

  it('costs no read and no write until the host has its answer', async () => {
    await home.say(home.member, call)
    Object.assign(home.state, { reads: 0, writes: 0 })
    const { connections } = home.instance
    const spent: object[] = []
    const post: typeof connections.post = (connection, message) => {
      if (message.type === 'answer') spent.push({ reads: home.state.reads, writes: home.state.writes })
      return connections.post(connection, message)
    }
    await home.say(home.member, answer, { ...home.instance, connections: { ...connections, post } })
    expect(spent).toEqual([{ reads: 0, writes: 0 }])
  })

  it('[R36] by a token from before the person signed out everywhere is refused, and its connection closed', async () => {
    home.state.time += 1_000
    await home.ask(home.member, { op: 'sign-out-everywhere' })
    home.posted.take()
    home.posted.gone.delete('member')
    home.posted.takeDisconnected()
    await home.say(home.member, call, home.newInstance())
    expect(home.heardBy('member')).toEqual(['signed-out'])
    expect(home.posted.takeDisconnected()).toEqual(['member'])
    const again = sender({ ...home.member.principal, authenticatedAt: home.state.time + 1 }, 'member-2')
    await home.say(again, call)
    expect(home.heardBy('device')).toEqual(['call'])
  })

  it('[R33] of a guest after the link’s hour is refused, and its connection closed', async () => {
    home.state.time = 3_600_000
    await home.say(home.guest, call)
    expect(home.heardBy('guest')).toEqual(['link-expired'])
    expect(home.posted.takeDisconnected()).toEqual(['guest'])
    expect(home.posted.take()).toEqual([])
  })

  it('[R33] of a guest after the link was taken back is refused, and its connection closed', async () => {
    await home.ask(home.owner, { op: 'revoke-grant', camera: PORCH, grant: LINK })
    home.posted.take()
    const late = { ...home.guest, connection: 'guest-2' }
    for (const at of [home.instance, home.newInstance()]) {
      await home.say(late, call, at)
      expect(home.heardBy('guest-2')).toEqual(['link-revoked'])
      expect(home.posted.take()).toEqual([])
      home.posted.gone.clear()
    }
  })

  it('[R33] of a guest whose link is of another device than it says reaches nobody', async () => {
    const forged = sender({ kind: 'guest', id: LINK, device: 'e'.repeat(43) } as const, 'forged')
    await home.say(forged, call)
    await home.say(forged, { ...call, camera: GARDEN })
    expect(home.heardBy('forged')).toEqual(['link-revoked'])
    expect(home.posted.take()).toEqual([])
  })
})
