import { afterEach, describe, expect, it } from 'vitest'
import {
  type SimulatedCamera,
  type SimulatedCameraOptions,
  startSimulatedCamera,
} from './simulated-camera.ts'
import { connectUv4l, createViewer, type Uv4lClient } from './testing/uv4l-client.ts'

const cleanups: (() => unknown)[] = []

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

const PATIENTLY = { timeout: 15_000 }
const TRICKLE = { what: 'call', options: { force_hw_vcodec: false, vformat: 30, trickle_ice: true } }
const BATCH = { what: 'call', options: { force_hw_vcodec: false, vformat: '30', trickle_ice: null } }

describe('simulated camera', () => {
  it('plays for a client that trickles, and ends the session on its hangup', async () => {
    const { camera, client } = await connected({})
    const before = Date.now()
    const viewer = await play(client, TRICKLE)
    const first = await viewer.nextCaptureTime()
    expect(first).toBeGreaterThanOrEqual(before - 1000)
    expect(await viewer.nextCaptureTime()).toBeGreaterThan(first)
    expect(camera.sessions()).toBe(1)
    client.send({ what: 'hangup' })
    expect(await client.closed).toBe(1000)
    expect(camera.sessions()).toBe(0)
  })

  it('trickles its candidates as JSON text and then says that there are no more', async () => {
    const { client } = await connected({})
    client.send(TRICKLE)
    await client.next('offer')
    const first = await client.next('iceCandidate')
    expect(JSON.parse(first.data as string)).toEqual({
      candidate: expect.stringMatching(/^candidate:/),
      sdpMid: 'video',
      sdpMLineIndex: 0,
    })
    await gatheringComplete(client)
    expect(client.texts.findIndex((text) => text.includes('"what":"offer"'))).toBe(0)
  })

  it.each([
    ['a client that did not ask for trickle', BATCH, {}],
    ['everyone where it cannot trickle', TRICKLE, { noTrickle: true }],
  ])('plays with one batch of candidates for %s', async (_, call, quirks) => {
    const { client } = await connected({ quirks })
    const viewer = await play(client, call)
    await viewer.nextCaptureTime()
    expect(client.texts.filter((text) => text.includes('"iceCandidates"'))).toHaveLength(1)
    expect(client.texts.filter((text) => text.includes('"iceCandidate"'))).toHaveLength(0)
  })

  it('plays for a client with objects for data, no sdpMid, an early candidate and frames that mean nothing', async () => {
    const { client } = await connected({})
    client.sendText('hello?')
    client.send({ what: 'call', options: JSON.stringify({ vformat: '30', trickle_ice: 'true' }) })
    client.send({ what: 'generateIceCandidates' })
    const early = Promise.withResolvers<object>()
    const viewer = track(createViewer(early.resolve))
    const answer = await viewer.answer((await client.next('offer')).data)
    client.send({ what: 'addIceCandidate', data: { ...(await early.promise), sdpMid: undefined } })
    client.send({ what: 'answer', data: answer })
    await viewer.nextCaptureTime()
    client.sendText('bye')
    client.send({ what: 'hangup' })
    expect(await client.closed).toBe(1000)
  })

  it('serves two sessions at once, and the end of one disturbs the other in nothing', async () => {
    const { camera, client } = await connected({})
    const other = await connectUv4l(camera.url)
    const [viewer, second] = [await play(client, TRICKLE), await play(other, TRICKLE)]
    await Promise.all([viewer.nextCaptureTime(), second.nextCaptureTime()])
    other.send({ what: 'hangup' })
    await other.closed
    const then = await viewer.nextCaptureTime()
    expect(await viewer.nextCaptureTime()).toBeGreaterThan(then)
    expect(camera.sessions()).toBe(1)
  })

  it('answers a second call on the same socket with an error and goes on playing', async () => {
    const { client } = await connected({})
    const viewer = await play(client, TRICKLE)
    await viewer.nextCaptureTime()
    client.send(TRICKLE)
    expect((await client.next('message')).data).toBe('Called in wrong state: stable')
    await viewer.nextCaptureTime()
  })

  it('answers an answer that is none with an error', async () => {
    const { client } = await connected({})
    client.send(TRICKLE)
    await client.next('offer')
    client.send({ what: 'answer', data: '{"type":"answer","sdp":"nonsense"}' })
    expect((await client.next('message')).data).toMatch(/^Failed to set remote answer sdp: /)
  })

  it.each([
    ['its streams', { maxStreams: 1 }],
    ['its one feed', { quirks: { oneFeed: true } }],
  ])('says why and closes when %s are taken, and serves the next one after a hangup', async (_, options) => {
    const { camera, client } = await connected(options)
    client.send(TRICKLE)
    await client.next('offer')
    const second = await connectUv4l(camera.url)
    second.send(TRICKLE)
    expect((await second.next('message')).data).toMatch(/^Too many streams/)
    await second.closed
    client.send({ what: 'hangup' })
    await client.closed
    const third = await connectUv4l(camera.url)
    third.send(TRICKLE)
    await third.next('offer')
  })

  it('stays busy after a socket that closed without hangup, for as long as it is told', async () => {
    const clock = manualClock()
    const { camera, client } = await connected({ clock, maxStreams: 1, quirks: { stickyBusyMs: 300_000 } })
    client.send(TRICKLE)
    await client.next('offer')
    client.vanish()
    await expect.poll(() => camera.sessions(), PATIENTLY).toBe(0)
    const second = await connectUv4l(camera.url)
    second.send(TRICKLE)
    expect((await second.next('message')).data).toMatch(/^Too many streams/)
    clock.advance(300_000)
    const third = await connectUv4l(camera.url)
    third.send(TRICKLE)
    await third.next('offer')
  })

  it('offers only after its slow start', async () => {
    const clock = manualClock()
    const { client } = await connected({ clock, quirks: { slowStartMs: 4000 } })
    client.send(TRICKLE)
    client.send(TRICKLE)
    await client.next('message')
    expect(client.texts).toHaveLength(1)
    clock.advance(4000)
    await client.next('offer')
  })

  it('refuses with its message and leaves the socket open', async () => {
    const { client } = await connected({ quirks: { refuse: 'No such device' } })
    client.send(TRICKLE)
    expect((await client.next('message')).data).toBe('No such device')
    client.send(TRICKLE)
    expect((await client.next('message')).data).toBe('No such device')
  })

  it('vanishes while it plays', async () => {
    const clock = manualClock()
    const { camera, client } = await connected({ clock, quirks: { dieAfterMs: 1000 } })
    const viewer = await play(client, TRICKLE)
    await viewer.nextCaptureTime()
    await expect.poll(() => clock.pending(), PATIENTLY).toBe(1)
    clock.advance(1000)
    expect(await client.closed).toBe(1006)
    expect(camera.sessions()).toBe(0)
  })

  it('plays although its candidates come before its offer', async () => {
    const { client } = await connected({ quirks: { earlyCandidates: true } })
    const viewer = await play(client, TRICKLE)
    await viewer.nextCaptureTime()
    expect(JSON.parse(client.texts[0] ?? '').what).toBe('iceCandidate')
  })

  it('plays with data as objects', async () => {
    const { client } = await connected({ quirks: { objectData: true } })
    const viewer = await play(client, TRICKLE)
    await viewer.nextCaptureTime()
    expect(JSON.parse(client.texts[0] ?? '')).toMatchObject({ what: 'offer', data: { type: 'offer' } })
  })

  it('sends garbage where the offer belongs', async () => {
    const { client } = await connected({ quirks: { garbage: true } })
    client.send(TRICKLE)
    client.send({ what: 'hangup' })
    await client.closed
    expect(client.texts.length).toBeGreaterThan(0)
    expect(client.texts.some((text) => text.includes('candidate'))).toBe(false)
  })

  it('lets in only who knows its password', async () => {
    const camera = await start({ password: 'open sesame' })
    await expect(connectUv4l(camera.url)).rejects.toThrow('401')
    await expect(connectUv4l(camera.url, as('user:guess'))).rejects.toThrow('401')
    const client = await connectUv4l(camera.url, as('user:open sesame'))
    client.send(TRICKLE)
    await client.next('offer')
  })

  it('serves TLS with a certificate that nobody vouches for', async () => {
    const camera = await start({ tls: true })
    expect(camera.url).toMatch(/^wss:/)
    await expect(connectUv4l(camera.url)).rejects.toThrow(/self-signed/)
    const client = await connectUv4l(camera.url, { rejectUnauthorized: false })
    client.send(TRICKLE)
    await client.next('offer')
  })

  it('serves no other path', async () => {
    const camera = await start({ path: '/garden' })
    expect(camera.url).toMatch(/\/garden$/)
    await expect(connectUv4l(camera.url.replace('/garden', '/stream/webrtc'))).rejects.toThrow('404')
  })

  it('says that its port is taken', async () => {
    const camera = await start({})
    await expect(startSimulatedCamera({ port: camera.port })).rejects.toMatchObject({ code: 'EADDRINUSE' })
  })

  it('closes with sessions running', async () => {
    const { camera, client } = await connected({})
    const viewer = await play(client, TRICKLE)
    await viewer.nextCaptureTime()
    await camera.close()
    expect(camera.sessions()).toBe(0)
    expect(await client.closed).toBe(1006)
  })
})

function as(credentials: string) {
  return { headers: { Authorization: `Basic ${Buffer.from(credentials).toString('base64')}` } }
}

async function start(options: SimulatedCameraOptions): Promise<SimulatedCamera> {
  const camera = await startSimulatedCamera(options)
  cleanups.push(() => camera.close())
  return camera
}

async function connected(options: SimulatedCameraOptions) {
  const camera = await start(options)
  return { camera, client: await connectUv4l(camera.url) }
}

function track<Closable extends { close(): void }>(closable: Closable): Closable {
  cleanups.push(() => closable.close())
  return closable
}

/** Calls, answers and exchanges candidates as UV4L's own page does, in whatever order they come. */
async function play(client: Uv4lClient, call: object) {
  const viewer = track(
    createViewer((candidate) => client.send({ what: 'addIceCandidate', data: JSON.stringify(candidate) })),
  )
  client.send(call)
  const answer = await viewer.answer((await client.next('offer')).data)
  client.send({ what: 'answer', data: JSON.stringify(answer) })
  const add = (data: unknown) =>
    viewer.connection.addIceCandidate(typeof data === 'string' ? JSON.parse(data) : data)
  client.next('iceCandidates').then(({ data }) => JSON.parse(data as string).forEach(add))
  const addNext = async (): Promise<void> => {
    const { data } = await client.next('iceCandidate')
    if (data === '') return
    await add(data)
    return addNext()
  }
  addNext()
  return viewer
}

async function gatheringComplete(client: Uv4lClient): Promise<void> {
  while ((await client.next('iceCandidate')).data !== '');
}

function manualClock() {
  let now = 0
  let timers: { readonly at: number; readonly run: () => void }[] = []
  return {
    now: () => now,
    after(ms: number, run: () => void) {
      const timer = { at: now + ms, run }
      timers.push(timer)
      return () => {
        timers = timers.filter((other) => other !== timer)
      }
    },
    pending: () => timers.length,
    advance(ms: number) {
      now += ms
      const due = timers.filter(({ at }) => at <= now)
      timers = timers.filter(({ at }) => at > now)
      for (const { run } of due) run()
    },
  }
}
