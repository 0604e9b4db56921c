import { beforeEach, describe, expect, it } from 'vitest'
import { MAX_FRAME_BYTES } from '../../protocol/frame.ts'
import { createHome, greeting, sender } from '../testing/home.ts'
import { CALL, DEVICE, PORCH, SDP } from '../testing/samples.ts'

let home: ReturnType<typeof createHome>

const call = { type: 'call', call: CALL, camera: PORCH }
const offer = { type: 'offer', call: CALL, sdp: SDP, candidates: [] }

beforeEach(async () => {
  home = createHome()
  await home.furnish()
})

describe('bad input', () => {
  it.each([
    ['not JSON', '{', 'bad-message'],
    ['an array', '[]', 'bad-message'],
    ['no type', '{}', 'bad-message'],
    ['a missing field', '{"type":"call"}', 'bad-message'],
    ['a wrong field', JSON.stringify({ ...call, camera: 'porch' }), 'bad-message'],
    ['an unknown type', '{"type":"reboot"}', 'unknown-type'],
    ['a type that only a device may send', JSON.stringify(offer), 'unknown-type'],
    ['a type named like an object’s own', '{"type":"__proto__"}', 'unknown-type'],
    ['the empty frame', '', 'bad-message'],
    ['JSON of great depth', '['.repeat(16_000) + ']'.repeat(16_000), 'bad-message'],
    [
      'great depth in a field',
      `{"type":"call","call":${'['.repeat(15_000)}${']'.repeat(15_000)}}`,
      'bad-message',
    ],
    [
      'a frame longer than the protocol’s',
      JSON.stringify({ ...call, x: '見'.repeat(11_000) }),
      'bad-message',
    ],
    ['an operation that is none', request({ op: 'reboot' }), 'bad-message'],
    ['an operation named like an object’s own', request({ op: 'constructor' }), 'bad-message'],
    ['a device’s operation', request({ op: 'start-pairing', codeHash: 'h'.repeat(43) }), 'bad-message'],
  ])('[R8] %s is answered and reaches nobody', async (_what, frame, code) => {
    await home.say(home.owner, frame)
    expect(home.heardBy('owner')).toEqual([code])
    expect(home.posted.take()).toEqual([])
  })

  it('[R7] the longest frame is still read', async () => {
    const padded = JSON.stringify({ ...call, x: '' })
    const room = MAX_FRAME_BYTES - padded.length
    await home.say(home.owner, JSON.stringify({ ...call, x: 'x'.repeat(room) }))
    expect(home.heardBy('device')).toEqual(['call'])
    await home.say(home.owner, JSON.stringify({ ...call, x: 'x'.repeat(room + 1) }))
    expect(home.heardBy('owner')).toEqual(['bad-message'])
  })

  it('[R8] names the field, and the call when that much is right', async () => {
    await home.say(home.owner, { ...call, camera: 'porch' })
    const [error] = home.posted.takeFor('owner')
    expect(error).toMatchObject({ call: CALL, detail: expect.stringContaining('camera') })
  })

  it('[R9] unknown fields are not handed on, nor believed', async () => {
    const claims = { role: 'owner', who: 'root', leftMs: 1, link: { grant: 'x', max: 99 }, owner: true }
    await home.say(home.member, { ...call, ...claims })
    expect(home.posted.takeFor('device')).toEqual([
      { ...call, who: home.member.principal.id, role: 'viewer' },
    ])
  })

  it('keys that would change every object change none', async () => {
    const polluted = ['__proto__', 'constructor', 'prototype'].map(
      (key) => `{"type":"call","call":"${CALL}","camera":"${PORCH}","${key}":{"owner":true,"polluted":true}}`,
    )
    for (const frame of polluted) await home.say(home.stranger, frame)
    await home.say(
      home.stranger,
      `{"type":"request","id":"${CALL}","ask":{"op":"list-people","__proto__":{"owner":true}}}`,
    )
    expect(home.heardBy('stranger')).toEqual([...polluted.map(() => 'unknown-camera'), 'reply'])
    expect({}).not.toHaveProperty('polluted')
    expect({}).not.toHaveProperty('owner')
  })

  it('says internal, and logs why, when the database fails', async () => {
    const down = () => Promise.reject(new Error('down'))
    const broken = {
      ...home.instance,
      store: { ...home.store, getPersonAndDevice: down, getPerson: down },
    }
    await home.say(home.owner, call, broken)
    expect(home.heardBy('owner')).toEqual(['internal'])
    expect(await home.ask(home.owner, { op: 'list-people' }, broken)).toEqual({
      kind: 'refused',
      code: 'internal',
    })
    expect(home.failures).toHaveLength(2)
  })
})

describe('who speaks as whom', () => {
  it.each([
    ['calls', call],
    ['answers', { type: 'answer', call: CALL, camera: PORCH, sdp: SDP, candidates: [] }],
    ['asks like an owner', { type: 'request', id: CALL, ask: { op: 'list-people' } }],
  ])(
    'a device’s connection that %s like a viewer is answered so, and reaches nobody',
    async (_what, message) => {
      await home.say(home.otherDevice, message)
      expect(home.heardBy('other-device')).toHaveLength(1)
      expect(home.posted.take()).toEqual([])
      expect(await home.store.listCalls(DEVICE)).toEqual([])
    },
  )

  it.each([
    ['offers', offer],
    ['reports a status', { type: 'status', cameras: [{ name: 'porch', state: 'busy' }] }],
    [
      'asks for a pairing code',
      { type: 'request', id: CALL, ask: { op: 'start-pairing', codeHash: 'h'.repeat(43) } },
    ],
  ])(
    'a viewer’s connection that %s like a host is answered so, and reaches nobody',
    async (_what, message) => {
      for (const from of [home.owner, home.guest]) {
        await home.say(from, message)
        expect(['unknown-type', 'bad-message']).toContain(home.heardBy(from.connection)[0])
        expect(home.posted.take()).toEqual([])
      }
    },
  )

  it('a viewer whose id is that of a device is no device, and moves no address', async () => {
    const posing = sender({ ...home.stranger.principal, id: DEVICE }, 'posing')
    await home.say(posing, { ...greeting, cameras: [{ name: 'porch', state: 'ready' }] })
    await home.say(home.owner, call)
    expect(home.heardBy('posing')).toEqual(['welcome'])
    expect(home.heardBy('device')).toEqual(['call'])
  })
})

describe('nobody', () => {
  it.each(['token-expired', 'signed-out', 'link-expired', 'link-revoked'] as const)(
    '[R30] is told %s at the first message, whatever it is, and closed',
    async (reason) => {
      for (const message of [greeting, call, '{']) {
        await home.say(sender({ kind: 'nobody', reason }, 'nobody'), message)
        expect(home.posted.takeFor('nobody')).toEqual([{ type: 'error', code: reason }])
        expect(home.posted.takeDisconnected()).toEqual(['nobody'])
        home.posted.gone.clear()
      }
      expect(home.posted.take()).toEqual([])
    },
  )

  it('[R30] [R31] with a wrong clock is told the time', async () => {
    await home.say(sender({ kind: 'nobody', reason: 'clock-wrong' }, 'nobody'), greeting)
    expect(home.posted.takeFor('nobody')).toEqual([{ type: 'error', code: 'clock-wrong', now: 10_000 }])
  })

  it('[R30] is closed also when it cannot be told', async () => {
    const nobody = sender({ kind: 'nobody', reason: 'token-expired' } as const, 'nobody')
    const { connections } = home.instance
    const post = () => Promise.reject(new Error('429'))
    await expect(
      home.say(nobody, greeting, { ...home.instance, connections: { ...connections, post } }),
    ).rejects.toThrow('429')
    expect(home.posted.takeDisconnected()).toEqual(['nobody'])
  })
})

function request(ask: object): string {
  return JSON.stringify({ type: 'request', id: CALL, ask })
}
