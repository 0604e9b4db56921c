import { beforeEach, describe, expect, it } from 'vitest'
import { ALIVE_INTERVAL_MS } from '../../protocol/alive.ts'
import { ASK_AGAIN_MS, GIVE_UP_MS, PICTURE_MS, RETRY_MS, SLOW_MS } from './call-patience.ts'
import { HELLO_INTERVAL_MS, OPEN_TIMEOUT_MS, QUIET_MS, WELCOME_TIMEOUT_MS } from './link.ts'
import { type Household, household, ICE_SERVERS, welcome } from './testing/household.ts'
import { candidate, GARDEN, PORCH, SDP } from './testing/samples.ts'

let home: Household
beforeEach(() => {
  home = household()
})

const offer = (over: { call?: string; n?: number } = {}) => ({
  type: 'offer' as const,
  call: over.call ?? home.call,
  sdp: SDP,
  candidates: [candidate(over.n ?? 1)],
})
const answer = 'v=0 answer'

function ring(): void {
  home.start()
  home.viewer.call(PORCH)
}

function connect(): void {
  ring()
  home.cloud.say(offer())
  home.peers.last.emit({ type: 'answered', sdp: answer })
}

function play(): void {
  connect()
  home.peers.last.emit({ type: 'connected' })
  home.viewer.firstFrame(home.call)
}

function failure(): unknown {
  const state = home.state()
  return state.phase === 'failed' ? state.failure.code : state.phase
}

describe('placing a call', () => {
  it('[R11] makes a fresh id each time, and prepares the connection while the call is on its way', () => {
    ring()
    expect(home.state()).toMatchObject({ phase: 'calling', progress: 'asked' })
    expect(home.peers.last).toMatchObject({ call: home.call, iceServers: ICE_SERVERS, told: [] })
    const first = home.call
    home.viewer.leave(PORCH)
    home.viewer.call(PORCH)
    expect(home.call).not.toBe(first)
  })

  it('is one call however often it is clicked', () => {
    ring()
    home.viewer.call(PORCH)
    expect(home.cloud.of('call')).toHaveLength(1)
  })

  it('waits for the link, and goes out with the welcome', () => {
    home.viewer.call(PORCH)
    expect(home.state().phase).toBe('waiting')
    home.start()
    expect(home.state().phase).toBe('calling')
    expect(home.cloud.of('call')).toHaveLength(1)
  })

  it('[R12] says that the camera is slow, asks once more with the same id, then gives up and hangs up', () => {
    ring()
    home.clock.advance(SLOW_MS)
    expect(home.state()).toMatchObject({ progress: 'slow' })
    home.clock.advance(ASK_AGAIN_MS - SLOW_MS)
    expect(home.state()).toMatchObject({ progress: 'asked-again' })
    expect(home.cloud.of('call').map(({ call }) => call)).toEqual([home.call, home.call])
    home.clock.advance(GIVE_UP_MS - ASK_AGAIN_MS)
    expect(failure()).toBe('no-reply')
    expect(home.cloud.of('hangup')).toMatchObject([{ reason: 'viewer-failed', camera: PORCH }])
    expect(home.peers.last.told).toEqual(['close'])
    home.clock.advance(GIVE_UP_MS * 10)
    expect(home.cloud.of('call')).toHaveLength(2)
  })

  it('asks again soon when the cloud says that it failed', () => {
    ring()
    home.cloud.say({ type: 'error', code: 'internal', call: home.call })
    home.clock.advance(RETRY_MS)
    expect(home.cloud.of('call')).toHaveLength(2)
  })

  it('fails in words when the browser cannot make connections', () => {
    home.peers.breakDown('RTCPeerConnection is not defined')
    ring()
    expect(home.state()).toMatchObject({
      phase: 'failed',
      failure: { code: 'browser-refused', detail: 'RTCPeerConnection is not defined' },
    })
  })
})

describe('offer and answer', () => {
  it('[R15, R16] answers an offer at once and once, with the candidates so far', () => {
    ring()
    home.cloud.say(offer())
    home.peers.last.emit({ type: 'candidate', candidate: candidate(9) })
    home.peers.last.emit({ type: 'answered', sdp: answer })
    home.cloud.say(offer(), offer({ n: 2 }))
    expect(home.peers.last.told).toEqual([`offer ${SDP}`, candidate(1).candidate])
    expect(home.cloud.of('answer')).toEqual([
      { type: 'answer', call: home.call, camera: PORCH, sdp: answer, candidates: [candidate(9)] },
    ])
    expect(home.state().phase).toBe('connecting')
  })

  it('[R17] candidates that overtake the offer wait for it, and none is taken twice', () => {
    ring()
    home.cloud.say({ type: 'candidates', call: home.call, candidates: [candidate(1), candidate(2)] })
    expect(home.peers.last.told).toEqual([])
    home.cloud.say(offer(), { type: 'candidates', call: home.call, candidates: [candidate(2), candidate(3)] })
    expect(home.peers.last.told).toEqual([`offer ${SDP}`, ...[1, 2, 3].map((n) => candidate(n).candidate)])
  })

  it('[R17] candidates from before the answer cost no message of their own', () => {
    ring()
    home.cloud.say(offer())
    home.peers.last.emit({ type: 'candidate', candidate: candidate(8) })
    home.peers.last.emit({ type: 'gathered' })
    home.peers.last.emit({ type: 'answered', sdp: answer })
    home.clock.advance(5_000)
    expect(home.cloud.of('candidates')).toEqual([])
  })

  it('[R17] those that come after it go together, at once when gathering is complete', () => {
    connect()
    for (const n of [7, 8]) home.peers.last.emit({ type: 'candidate', candidate: candidate(n) })
    home.peers.last.emit({ type: 'gathered' })
    expect(home.cloud.of('candidates')).toEqual([
      {
        type: 'candidates',
        call: home.call,
        camera: PORCH,
        candidates: [candidate(7), candidate(8)],
        done: true,
      },
    ])
    home.clock.advance(5_000)
    expect(home.cloud.of('candidates')).toHaveLength(1)
  })

  it('[R17] waits a short while for more when gathering takes long, and longer the next time', () => {
    connect()
    home.peers.last.emit({ type: 'candidate', candidate: candidate(7) })
    home.clock.advance(99)
    expect(home.cloud.of('candidates')).toEqual([])
    home.clock.advance(1)
    home.peers.last.emit({ type: 'candidate', candidate: candidate(8) })
    home.clock.advance(499)
    expect(home.cloud.of('candidates')).toHaveLength(1)
    home.clock.advance(1)
    expect(home.cloud.of('candidates').map(({ candidates }) => candidates)).toEqual([
      [candidate(7)],
      [candidate(8)],
    ])
  })

  it('[R10] takes every message twice and is none the worse', () => {
    const { cloud } = home
    const say = cloud.say
    cloud.say = (...messages) => say(...messages.flatMap((message) => [message, message]))
    play()
    expect(home.state().phase).toBe('playing')
    expect(cloud.of('answer')).toHaveLength(1)
    cloud.say({ type: 'hangup', call: home.call, reason: 'camera-closed' })
    expect(home.state()).toMatchObject({ phase: 'ended', reason: 'camera-closed' })
    expect(home.peers.last.told.filter((told) => told === 'close')).toHaveLength(1)
  })

  it('fails in words and hangs up when the browser makes nothing of the offer', () => {
    ring()
    home.cloud.say(offer())
    home.peers.last.emit({ type: 'peer-refused', detail: 'no codec' })
    expect(home.state()).toMatchObject({
      phase: 'failed',
      failure: { code: 'browser-refused', detail: 'no codec' },
    })
    expect(home.cloud.of('hangup')).toMatchObject([{ reason: 'viewer-failed' }])
  })

  it('[R23] sends the answer again, with all candidates, when it did not reach the host', () => {
    connect()
    home.peers.last.emit({ type: 'candidate', candidate: candidate(7) })
    home.cloud.say({ type: 'error', code: 'peer-gone', call: home.call })
    home.clock.advance(RETRY_MS)
    expect(home.cloud.of('answer').map(({ candidates }) => candidates)).toEqual([[], [candidate(7)]])
  })
})

describe('the picture', () => {
  it('plays from its first frame on', () => {
    connect()
    home.peers.last.emit({ type: 'connected' })
    expect(home.state()).toMatchObject({ phase: 'connecting', path: 'open' })
    home.viewer.firstFrame(home.call)
    expect(home.state().phase).toBe('playing')
  })

  it('[R22] says every 60 s that somebody watches, and no longer than that', () => {
    play()
    home.clock.advance(3 * ALIVE_INTERVAL_MS)
    expect(home.cloud.of('alive')).toEqual(Array(3).fill({ type: 'alive', call: home.call, camera: PORCH }))
    home.viewer.leave(PORCH)
    home.clock.advance(3 * ALIVE_INTERVAL_MS)
    expect(home.cloud.of('alive')).toHaveLength(3)
  })

  it('is interrupted and comes back', () => {
    play()
    home.peers.last.emit({ type: 'disconnected' })
    expect(home.state().phase).toBe('interrupted')
    home.peers.last.emit({ type: 'connected' })
    expect(home.state().phase).toBe('playing')
  })

  it.each([
    ['no-path', () => connect()],
    ['media-lost', () => play()],
  ])('fails as %s when the connection does, and frees the camera', (code, until) => {
    until()
    home.peers.last.emit({ type: 'connection-failed' })
    expect(failure()).toBe(code)
    expect(home.cloud.of('hangup')).toMatchObject([{ reason: 'viewer-failed' }])
    expect(home.peers.last.told.at(-1)).toBe('close')
  })

  it.each([
    ['no-path', []],
    ['no-picture', ['connected']],
    ['no-path', ['connected', 'disconnected']],
  ] as const)('fails as %s when nothing is to be seen for long after %j', (code, events) => {
    connect()
    for (const type of events) home.peers.last.emit({ type })
    home.clock.advance(PICTURE_MS)
    expect(failure()).toBe(code)
  })
})

describe('the end of a call', () => {
  it('[R18] is told to the host once when the viewer hangs up; what still comes is dropped', () => {
    play()
    const { call } = home
    home.viewer.leave(PORCH)
    home.viewer.leave(PORCH)
    expect(home.state()).toEqual({ phase: 'idle' })
    expect(home.cloud.of('hangup')).toEqual([{ type: 'hangup', call, camera: PORCH, reason: 'viewer-left' }])
    home.cloud.say(offer({ call }), { type: 'hangup', call, reason: 'viewer-left' })
    home.cloud.say({ type: 'error', code: 'camera-closed', call })
    expect(home.state()).toEqual({ phase: 'idle' })
  })

  it('[R18] by the host is not answered', () => {
    play()
    home.cloud.say({ type: 'hangup', call: home.call, reason: 'connector-stopped' })
    expect(home.state()).toMatchObject({ phase: 'ended', reason: 'connector-stopped' })
    expect(home.cloud.of('hangup')).toEqual([])
    home.viewer.leave(PORCH)
    expect(home.state()).toEqual({ phase: 'idle' })
  })

  it('leaves the next call alone, whatever still comes of the one before', () => {
    play()
    const first = home.call
    home.viewer.leave(PORCH)
    home.viewer.call(PORCH)
    home.peers.peers[0]?.emit({ type: 'connection-failed' })
    home.cloud.say({ type: 'hangup', call: first, reason: 'viewer-silent' }, offer({ call: first }))
    expect(home.state()).toMatchObject({ phase: 'calling', call: home.call })
  })

  it('of one camera leaves the other playing', () => {
    play()
    home.viewer.call(GARDEN)
    home.cloud.say({ type: 'error', code: 'camera-busy', call: home.call })
    expect(home.state(GARDEN)).toMatchObject({ phase: 'failed', failure: { code: 'camera-busy' } })
    expect(home.state(PORCH).phase).toBe('playing')
  })

  it('[R18] comes for all calls when the page is left, before the socket closes', () => {
    play()
    home.viewer.call(GARDEN)
    home.viewer.stop()
    expect(home.cloud.of('hangup').map(({ camera }) => camera)).toEqual([PORCH, GARDEN])
    expect(home.peers.peers.map(({ told }) => told.at(-1))).toEqual(['close', 'close'])
    expect(home.snapshot.link.phase).toBe('idle')
    home.start()
    expect(home.snapshot.link.phase).toBe('welcomed')
  })

  it('without ever having been sent is told to nobody', () => {
    home.viewer.call(PORCH)
    home.viewer.leave(PORCH)
    home.start()
    expect(home.cloud.received.map(({ type }) => type)).toEqual(['hello'])
  })
})

describe('a lost link', () => {
  function comeBack(): void {
    home.clock.advance(1)
    home.cloud.accept()
  }

  it('[R24] does not touch a playing call, which is not placed again either', () => {
    play()
    home.cloud.close()
    expect(home.state().phase).toBe('playing')
    comeBack()
    expect(home.snapshot.link.phase).toBe('welcomed')
    expect(home.state().phase).toBe('playing')
    expect(home.cloud.of('call')).toHaveLength(1)
    expect(home.cloud.of('alive')).toHaveLength(1)
  })

  it('[R12] has a call that waits for its offer placed again with the same id', () => {
    ring()
    home.clock.advance(SLOW_MS)
    home.cloud.close()
    expect(home.state()).toMatchObject({ progress: 'paused' })
    comeBack()
    expect(home.state()).toMatchObject({ phase: 'calling', progress: 'asked' })
    expect(home.cloud.of('call').map(({ call }) => call)).toEqual([home.call, home.call])
    expect(home.peers.peers).toHaveLength(1)
    home.cloud.say(offer())
    expect(home.state().phase).toBe('answering')
  })

  it('does not fail a call while nothing can be expected', () => {
    ring()
    home.cloud.close()
    home.clock.advance(10 * GIVE_UP_MS)
    expect(home.state()).toMatchObject({ phase: 'calling', progress: 'paused' })
  })

  it('[R10] has the answer sent again with all candidates, since it may have been lost with it', () => {
    connect()
    home.cloud.drop(true)
    home.peers.last.emit({ type: 'candidate', candidate: candidate(7) })
    home.peers.last.emit({ type: 'gathered' })
    home.cloud.drop(false)
    home.cloud.close()
    comeBack()
    expect(home.cloud.of('answer').at(-1)).toMatchObject({ candidates: [candidate(7)] })
  })

  it('answers an offer that it had got just before', () => {
    ring()
    home.cloud.say(offer())
    home.cloud.close()
    home.peers.last.emit({ type: 'answered', sdp: answer })
    expect(home.cloud.of('answer')).toEqual([])
    comeBack()
    expect(home.cloud.of('answer')).toHaveLength(1)
  })

  it('has a hangup said late rather than never: the camera is not kept busy for nobody', () => {
    play()
    home.cloud.close()
    home.viewer.leave(PORCH)
    comeBack()
    expect(home.cloud.of('hangup')).toMatchObject([{ reason: 'viewer-left', camera: PORCH }])
    home.cloud.close()
    comeBack()
    expect(home.cloud.of('hangup')).toHaveLength(1)
  })

  it('comes back with full jitter, longer with every attempt, and at once when the network does', () => {
    home.setRandom(0.5)
    home.start()
    home.cloud.close()
    home.clock.advance(249)
    expect(home.cloud.opened).toBe(1)
    home.clock.advance(1)
    expect(home.cloud.opened).toBe(2)
    home.cloud.close()
    home.clock.advance(499)
    expect(home.cloud.opened).toBe(2)
    home.viewer.wake()
    expect(home.cloud.opened).toBe(3)
  })

  it('is noticed when a socket neither opens nor answers', () => {
    home.setRandom(0.5)
    home.viewer.start()
    home.clock.advance(OPEN_TIMEOUT_MS)
    expect(home.snapshot.link.phase).toBe('backoff')
    home.viewer.wake()
    home.cloud.drop(true)
    home.cloud.accept()
    home.clock.advance(WELCOME_TIMEOUT_MS)
    expect(home.snapshot.link).toMatchObject({ phase: 'backoff', attempt: 2 })
  })

  it('is noticed by a page that wakes up, though the socket says nothing', () => {
    home.setRandom(0.5)
    home.start()
    home.cloud.drop(true)
    home.clock.advance(QUIET_MS)
    home.viewer.wake()
    home.clock.advance(WELCOME_TIMEOUT_MS)
    expect(home.snapshot.link.phase).toBe('backoff')
  })
})

describe('what the cloud says', () => {
  it('[R28] is asked for again every 9 minutes, before the gateway closes an idle socket', () => {
    home.start()
    home.clock.advance(2 * HELLO_INTERVAL_MS)
    expect(home.cloud.of('hello')).toHaveLength(3)
    expect(new Set(home.cloud.of('hello').map(({ instance }) => instance)).size).toBe(1)
  })

  it('[R25] of a camera’s presence is shown', () => {
    expect(home.snapshot.cameras).toBeNull()
    home.start()
    home.cloud.say({ type: 'presence', camera: PORCH, state: 'offline', since: 9_000 })
    expect(home.snapshot.cameras?.get(PORCH)).toMatchObject({ state: 'offline', since: 9_000 })
  })

  it('[R26] of a camera that is not known makes it say hello again', () => {
    home.start()
    home.cloud.say({ type: 'presence', camera: `${'e'.repeat(43)}.attic`, state: 'online', since: 9_000 })
    expect(home.cloud.of('hello')).toHaveLength(2)
  })

  it.each([
    'no JSON',
    '[]',
    '{"type":"newer","call":"x"}',
    '{"type":"offer","call":"short","sdp":"v=0","candidates":[]}',
    '{"message": "Internal server error", "connectionId":"a", "requestId":"b"}',
  ])('[R8] is dropped when it is no message: %s', (text) => {
    play()
    home.cloud.sayText(text)
    expect(home.snapshot.link.phase).toBe('welcomed')
    expect(home.state().phase).toBe('playing')
  })

  it('[R6] about the version ends the link until a person acts', () => {
    home.cloud.script(() => [{ type: 'error', code: 'unsupported-version' }])
    home.start()
    expect(home.snapshot.link).toEqual({ phase: 'refused', code: 'unsupported-version' })
    home.viewer.wake()
    home.clock.advance(60 * 60_000)
    expect(home.cloud.opened).toBe(1)
  })

  it('[R10] may come late and all at once', () => {
    ring()
    home.cloud.pause()
    home.cloud.say({ type: 'candidates', call: home.call, candidates: [candidate(5)] }, offer(), welcome())
    expect(home.state().phase).toBe('calling')
    home.cloud.resume()
    expect(home.state().phase).toBe('answering')
    expect(home.peers.last.told).toEqual([`offer ${SDP}`, candidate(1).candidate, candidate(5).candidate])
  })
})

it('a view costs the viewer five messages: call, answer, one batch of candidates, hangup, and its hello', () => {
  connect()
  home.peers.last.emit({ type: 'candidate', candidate: candidate(7) })
  home.peers.last.emit({ type: 'gathered' })
  home.peers.last.emit({ type: 'connected' })
  home.viewer.firstFrame(home.call)
  home.viewer.leave(PORCH)
  expect(home.cloud.received.map(({ type }) => type)).toEqual([
    'hello',
    'call',
    'answer',
    'candidates',
    'hangup',
  ])
})
