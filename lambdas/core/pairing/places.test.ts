import { beforeEach, describe, expect, it } from 'vitest'
import { answerTo, createHome, greeting, outcomeOf, sender } from '../../testing/home.ts'
import { CALL, DEVICE, hashOf, SDP } from '../../testing/samples.ts'
import { disconnect } from '../disconnect.ts'
import type { Device, Sender } from '../principal.ts'
import { UNPAIRED_PLACES } from './places.ts'

let home: ReturnType<typeof createHome>

const CODE = 'k'.repeat(22)
const NEW = 'n'.repeat(43)
const fresh: Sender<Device> = sender({ kind: 'device', id: NEW }, 'fresh')
/** Devices whose rows of places begin at different ones. */
const unpairedDevice = (n: number) =>
  sender({ kind: 'device', id: `${'u'.repeat(41)}${String(n).padStart(2, '0')}` } as const, `unpaired-${n}`)

beforeEach(async () => {
  home = createHome()
  await home.furnish()
})

describe('a device that no owner has claimed', () => {
  beforeEach(async () => {
    await home.deviceHello(fresh, ['attic'])
  })

  it('[R38] is welcomed as not paired, and is in nobody’s welcome', async () => {
    expect(home.posted.take()).toMatchObject([
      { connection: 'fresh', message: { type: 'welcome', paired: false } },
    ])
    await home.viewerHello(home.owner)
    expect(JSON.stringify(home.posted.take())).not.toContain(NEW)
    expect(answerTo(await home.ask(home.owner, { op: 'list-devices' }))['devices']).toHaveLength(2)
  })

  it('[R38] is called by nobody', async () => {
    home.posted.take()
    await home.say(home.owner, { type: 'call', call: CALL, camera: `${NEW}.attic` })
    expect(home.heardBy('owner')).toEqual(['unknown-camera'])
    expect(home.posted.take()).toEqual([])
  })

  it('[R38] may only start pairing', async () => {
    home.posted.take()
    for (const message of [
      { type: 'status', cameras: [{ name: 'attic', state: 'ready' }] },
      { type: 'offer', call: CALL, sdp: SDP, candidates: [] },
      { type: 'candidates', call: CALL, candidates: [] },
      { type: 'hangup', call: CALL, reason: 'camera-closed' },
      { type: 'error', call: CALL, code: 'camera-busy' },
    ]) {
      await home.say(fresh, message)
      expect(home.heardBy('fresh')).toEqual(['not-paired'])
    }
    expect(home.posted.take()).toEqual([])
    expect(home.posted.takeDisconnected()).toEqual([])
  })

  it('[R38] that has no place is not kept connected', async () => {
    const loiterer = unpairedDevice(1)
    await home.say(loiterer, { type: 'status', cameras: [] })
    expect(home.heardBy('unpaired-1')).toEqual(['not-paired'])
    expect(home.posted.takeDisconnected()).toEqual(['unpaired-1'])
    home.state.time += 20 * 60_000
    await home.say(fresh, { type: 'status', cameras: [] })
    expect(home.posted.takeDisconnected()).toEqual(['fresh'])
  })

  it('[R38] that has no place is disconnected by any word of its own, also one that means nothing', async () => {
    const loiterer = unpairedDevice(1)
    const request = {
      type: 'request',
      id: 'r'.repeat(22),
      ask: { op: 'start-pairing', codeHash: hashOf(CODE) },
    }
    for (const [word, heard] of [
      [request, 'reply'],
      ['no JSON', 'bad-message'],
      [{ type: 'answer', call: CALL }, 'unknown-type'],
      [{ ...greeting, cameras: [], protocol: 99 }, 'unsupported-version'],
      [{ type: 'offer', call: CALL, sdp: SDP, candidates: [] }, 'not-paired'],
    ] as const) {
      home.posted.gone.clear()
      home.posted.take()
      await home.say(loiterer, word)
      expect(home.heardBy('unpaired-1')).toEqual([heard])
      expect(home.posted.takeDisconnected()).toEqual(['unpaired-1'])
    }
    expect(await home.store.getDevice(loiterer.principal.id)).toBeNull()
  })

  it('[R8] [R38] that has its place, and one that is paired, keep their connection whatever they say', async () => {
    const unheard = sender(home.device.principal, 'unheard')
    for (const from of [fresh, home.device, unheard]) {
      for (const word of ['no JSON', { ...greeting, cameras: [], protocol: 99 }]) await home.say(from, word)
    }
    expect(outcomeOf(await home.startPairing(unheard, CODE))).toBe('not-allowed')
    expect(home.posted.takeDisconnected()).toEqual([])
  })

  it('[R38] that finds no place left for its code is disconnected', async () => {
    const { store } = home
    const full = { ...home.instance, store: { ...store, takePlace: () => Promise.resolve(false) } }
    await home.say(
      fresh,
      { type: 'request', id: 'r'.repeat(22), ask: { op: 'start-pairing', codeHash: hashOf(CODE) } },
      full,
    )
    expect(home.posted.takeFor('fresh').at(-1)).toMatchObject({ result: { code: 'too-many-unpaired' } })
    expect(home.posted.takeDisconnected()).toEqual(['fresh'])
  })

  it('[R38] gets no code before it has said hello, and none once it is paired', async () => {
    expect(outcomeOf(await home.startPairing(unpairedDevice(1), CODE))).toBe('not-paired')
    expect(outcomeOf(await home.startPairing(home.device, CODE))).toBe('not-allowed')
    expect(await home.store.getDevice(DEVICE)).toMatchObject({ code: null })
  })
})

describe('the places of devices that are not paired', () => {
  const fill = async () => {
    for (let n = 0; n < UNPAIRED_PLACES; n += 1) await home.deviceHello(unpairedDevice(n), [])
  }

  it('[R38] are twenty: one device more is told so and closed, and nothing is kept of it', async () => {
    await fill()
    expect(home.posted.take().every(({ message }) => message.type === 'welcome')).toBe(true)
    await home.deviceHello(fresh, ['attic'], 'ready')
    expect(home.heardBy('fresh')).toEqual(['too-many-unpaired'])
    expect(home.posted.takeDisconnected()).toEqual(['fresh'])
    expect(await home.store.getDevice(NEW)).toBeNull()
  })

  it('[R38] do not count for devices that are paired', async () => {
    await fill()
    home.posted.take()
    await home.deviceHello(home.device, ['porch', 'cellar'])
    expect(home.posted.take()).toMatchObject([{ message: { type: 'welcome', paired: true } }])
  })

  it('[R38] are free again when a device leaves, is claimed, or is silent for twenty minutes', async () => {
    await fill()
    await disconnect(home.newInstance(), unpairedDevice(3))
    await home.deviceHello(fresh, [])
    await home.startPairing(fresh, CODE)
    expect(outcomeOf(await home.claim(home.owner, NEW, CODE))).toBe('done')
    await home.deviceHello(unpairedDevice(50), [])
    await home.deviceHello(unpairedDevice(51), [])
    home.state.time += 20 * 60_000
    await home.deviceHello(unpairedDevice(52), [])
    expect(home.heardBy('fresh')).toEqual(['welcome', 'paired'])
    expect(home.heardBy('unpaired-50')).toEqual(['welcome'])
    expect(home.heardBy('unpaired-51')).toEqual(['too-many-unpaired'])
    expect(home.heardBy('unpaired-52')).toEqual(['welcome'])
  })

  it('[R38] are not used up by one device that says hello again and again', async () => {
    for (let n = 0; n < 50; n += 1) await home.deviceHello({ ...fresh, connection: `c${n}` }, [])
    for (let n = 0; n < UNPAIRED_PLACES - 1; n += 1) await home.deviceHello(unpairedDevice(n), [])
    expect(home.posted.take().every(({ message }) => message.type === 'welcome')).toBe(true)
  })

  it('[R38] hold when the twenty come at once', async () => {
    await Promise.all(
      Array.from({ length: 30 }, (_, n) =>
        home.say(unpairedDevice(n), { ...greeting, cameras: [] }, home.newInstance()),
      ),
    )
    const said = home.posted.take().map(({ message }) => message.type)
    expect(said.filter((type) => type === 'welcome')).toHaveLength(UNPAIRED_PLACES)
    expect(home.posted.takeDisconnected()).toHaveLength(10)
  })

  it('are not freed by the late end of an older connection', async () => {
    await home.deviceHello(fresh, [])
    await home.deviceHello({ ...fresh, connection: 'fresh-2', connectedAt: 6_000 }, [])
    await disconnect(home.instance, fresh)
    for (let n = 0; n < UNPAIRED_PLACES; n += 1) await home.deviceHello(unpairedDevice(n), [])
    expect(home.posted.takeDisconnected()).toHaveLength(1)
  })
})
