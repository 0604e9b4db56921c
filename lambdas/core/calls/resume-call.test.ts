import { beforeEach, describe, expect, it } from 'vitest'
import { createHome, sender } from '../../testing/home.ts'
import { answerFor, CALL, CELLAR, DEVICE, GARDEN, linkGrant, PORCH, SDP } from '../../testing/samples.ts'
import { disconnect } from '../disconnect.ts'

let home: ReturnType<typeof createHome>

const call = { type: 'call', call: CALL, camera: PORCH }
const offer = { type: 'offer', call: CALL, sdp: SDP, candidates: [] }
const resume = { type: 'resume', call: CALL, camera: PORCH }
const hangup = { type: 'hangup', call: CALL, camera: PORCH, reason: 'viewer-left' }
const younger = () => ({ ...home.member, connection: 'member-2', connectedAt: 9_000 })

beforeEach(async () => {
  home = createHome()
  await home.furnish()
  await home.say(home.member, call)
  await home.say(home.member, answerFor(call))
  home.posted.take()
})

describe('resume', () => {
  it('[R47] moves the call and reaches the host as it is; the host’s words go there from then on', async () => {
    await home.say(younger(), resume)
    expect(home.posted.take()).toEqual([{ connection: 'device', message: resume }])
    for (const at of [home.instance, home.newInstance()]) {
      await home.say(home.device, offer, at)
      expect(home.heardBy('member-2')).toEqual(['offer'])
    }
    expect(home.posted.take()).toEqual([])
  })

  it('[R47] costs one read and one write, cold or warm', async () => {
    for (const at of [home.instance, home.newInstance()]) {
      Object.assign(home.state, { reads: 0, writes: 0 })
      await home.say(younger(), resume, at)
      expect(home.state).toMatchObject({ reads: 1, writes: 1 })
    }
  })

  it('[R47] that comes late from an older connection is a sign of life, and moves nothing', async () => {
    await home.say(younger(), resume)
    home.posted.take()
    for (const message of [resume, call]) {
      await home.say(home.member, message, home.newInstance())
      expect(home.heardBy('device')).toEqual([message.type])
      await home.say(home.device, offer, home.newInstance())
      expect(home.posted.take()).toMatchObject([{ connection: 'member-2' }])
    }
  })

  it('[R12] [R47] a late retry does not lead the instance astray that it comes to', async () => {
    await home.say(younger(), resume)
    await home.say(home.member, call)
    home.posted.take()
    await home.say(home.device, offer)
    expect(home.heardBy('member-2')).toEqual(['offer'])
    expect(home.heardBy('member')).toEqual([])
  })

  it.each([
    [{ type: 'hangup', call: CALL, reason: 'camera-closed' }, undefined],
    [{ type: 'error', code: 'camera-silent', call: CALL }, undefined],
    [hangup, { type: 'hangup', call: CALL, reason: 'viewer-left' }],
  ])('[R47] of a call that is over is answered with its end', async (end, told) => {
    await home.say('camera' in end ? home.member : home.device, end)
    home.posted.take()
    for (const at of [home.instance, home.newInstance()]) {
      await home.say(younger(), resume, at)
      expect(home.posted.take()).toEqual([{ connection: 'member-2', message: told ?? end }])
    }
  })

  it('[R47] of a call that never began is answered call-ended', async () => {
    const early = { call: 'z'.repeat(22) }
    await home.say(home.member, { ...hangup, ...early })
    await home.say(younger(), { ...resume, ...early })
    expect(home.heardBy('member-2')).toEqual(['call-ended'])
  })

  it('[R47] of a call that ends meanwhile is answered with its end', async () => {
    const at = home.overtaken('moveCall', () => home.say(home.device, { ...hangup, reason: 'camera-closed' }))
    await home.say(younger(), resume, at)
    expect(home.posted.takeFor('member-2')).toEqual([{ type: 'hangup', call: CALL, reason: 'camera-closed' }])
    expect(home.heardBy('device')).toEqual([])
  })

  it('[R14] [R47] of another’s call, another camera or none is unknown, and moves nothing', async () => {
    for (const from of [home.stranger, home.owner, home.guest]) {
      await home.say({ ...from, connectedAt: 9_000 }, resume)
      expect(home.heardBy(from.connection)).toEqual(['unknown-call'])
    }
    for (const other of [{ camera: CELLAR }, { camera: GARDEN }, { call: 'x'.repeat(22) }]) {
      await home.say(younger(), { ...resume, ...other })
      expect(home.heardBy('member-2')).toEqual(['unknown-call'])
    }
    expect(home.posted.take()).toEqual([])
    expect(await home.store.getCall(DEVICE, CALL)).toMatchObject({ viewerConnection: 'member' })
  })

  it('[R36] [R47] of a call whose right is over ends it, and the new connection hears so', async () => {
    await home.putGrants([linkGrant()])
    await home.say(younger(), resume)
    const hungUp = { type: 'hangup', call: CALL, reason: 'access-revoked' }
    expect(home.posted.takeFor('member-2')).toEqual([hungUp])
    expect(home.posted.takeFor('device')).toEqual([hungUp])
  })

  it('[R24] [R47] while the host is away is answered peer-gone, ends nothing, and has moved the call', async () => {
    await disconnect(home.instance, home.device)
    home.posted.take()
    await home.say(younger(), resume)
    expect(home.heardBy('member-2')).toEqual(['peer-gone'])
    const known = await home.store.getCall(DEVICE, CALL)
    expect(known).toMatchObject({ state: 'live', viewerConnection: 'member-2' })
  })

  it('[R18] [R47] an end by the host finds the viewer also where another instance believes it elsewhere', async () => {
    const stale = home.newInstance()
    await home.say(home.device, offer, stale)
    await home.say(younger(), resume)
    home.posted.take()
    await home.say(home.device, { type: 'hangup', call: CALL, reason: 'camera-closed' }, stale)
    expect(home.heardBy('member-2')).toEqual(['hangup'])
  })

  it('[R47] a hundred in a row lose no word of the host’s and none of the viewer’s', async () => {
    for (let n = 0; n < 100; n += 1) {
      home.state.time += 1_000
      const at = n % 2 === 0 ? home.instance : home.newInstance()
      const next = sender(home.member.principal, `member-${n}`, home.state.time)
      await home.say(next, resume, at)
      if (n > 0) home.posted.gone.add(`member-${n - 1}`)
      await home.say(home.device, { ...resume, type: 'alive' })
      await home.say(next, { ...resume, type: 'alive' })
      expect(home.heardBy(next.connection)).toEqual(['alive'])
      expect(home.heardBy('device')).toEqual(['resume', 'alive'])
    }
  })
})
