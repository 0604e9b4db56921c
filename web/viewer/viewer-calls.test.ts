import { beforeEach, describe, expect, it } from 'vitest'
import { GIVE_UP_MS, RETRY_MS } from './call/call-patience.ts'
import { ANSWER, type Household, household, ICE_SERVERS } from './testing/household.ts'
import { candidate, PORCH, SDP } from './testing/samples.ts'

let home: Household
beforeEach(() => {
  home = household()
})

function failure(): unknown {
  const state = home.state()
  return state.phase === 'failed' ? state.failure.code : state.phase
}

describe('placing a call', () => {
  it('[R11] makes a fresh id each time, and prepares the connection while the call is on its way', () => {
    home.ring()
    expect(home.state()).toMatchObject({ phase: 'calling', progress: 'asked' })
    expect(home.peers.last).toMatchObject({ call: home.call, iceServers: ICE_SERVERS, told: [] })
    const first = home.call
    home.viewer.leave(PORCH)
    home.viewer.call(PORCH)
    expect(home.call).not.toBe(first)
  })

  it('is one call however often it is clicked', () => {
    home.ring()
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

  it('[R12] says that the camera is slow, asks every 5 s with the same id, then gives up and hangs up', () => {
    home.ring()
    home.clock.advance(4_000)
    expect(home.state()).toMatchObject({ progress: 'slow' })
    home.clock.advance(1_000)
    expect(home.state()).toMatchObject({ progress: 'asked-again' })
    home.clock.advance(10_000)
    expect(home.cloud.of('call').map(({ call }) => call)).toEqual(Array(4).fill(home.call))
    home.clock.advance(5_000)
    expect(failure()).toBe('no-reply')
    expect(home.cloud.of('hangup')).toMatchObject([{ reason: 'viewer-failed', camera: PORCH }])
    expect(home.peers.last.told).toEqual(['close'])
    home.clock.advance(GIVE_UP_MS * 10)
    expect(home.cloud.of('call')).toHaveLength(4)
  })

  it('asks again soon when the cloud says that it failed', () => {
    home.ring()
    home.cloud.say({ type: 'error', code: 'internal', call: home.call })
    home.clock.advance(RETRY_MS)
    expect(home.cloud.of('call')).toHaveLength(2)
  })

  it('fails in words when the browser cannot make connections', () => {
    home.peers.breakDown('RTCPeerConnection is not defined')
    home.ring()
    expect(home.state()).toMatchObject({
      phase: 'failed',
      failure: { code: 'browser-refused', detail: 'RTCPeerConnection is not defined' },
    })
  })
})

describe('offer and answer', () => {
  it('[R12, R15, R16] answers an offer at once and once, and takes from its repetitions only candidates that are new', () => {
    home.ring()
    home.cloud.say(home.offer())
    home.peers.last.emit({ type: 'candidate', candidate: candidate(9) })
    home.peers.last.emit({ type: 'answered', sdp: ANSWER })
    home.cloud.say(home.offer(), home.offer({ n: 2 }))
    expect(home.peers.last.told).toEqual([`offer ${SDP}`, ...[1, 2].map((n) => candidate(n).candidate)])
    expect(home.cloud.of('answer')).toEqual([
      { type: 'answer', call: home.call, camera: PORCH, sdp: ANSWER, candidates: [candidate(9)] },
    ])
    expect(home.state().phase).toBe('connecting')
  })

  it('[R17] candidates that overtake the offer wait for it, and none is taken twice', () => {
    home.ring()
    home.cloud.say({ type: 'candidates', call: home.call, candidates: [candidate(1), candidate(2)] })
    expect(home.peers.last.told).toEqual([])
    home.cloud.say(home.offer(), {
      type: 'candidates',
      call: home.call,
      candidates: [candidate(2), candidate(3)],
    })
    expect(home.peers.last.told).toEqual([`offer ${SDP}`, ...[1, 2, 3].map((n) => candidate(n).candidate)])
  })

  it('[R17] candidates from before the answer cost no message of their own, nor does that they are all', () => {
    home.ring()
    home.cloud.say(home.offer())
    home.peers.last.emit({ type: 'candidate', candidate: candidate(8) })
    home.peers.last.emit({ type: 'gathered' })
    home.peers.last.emit({ type: 'answered', sdp: ANSWER })
    home.clock.advance(3_000)
    expect(home.cloud.of('answer')).toMatchObject([{ candidates: [candidate(8)], done: true }])
    expect(home.cloud.of('candidates')).toEqual([])
  })

  it('[R17] those that come after it go together, at once when gathering is complete', () => {
    home.connect()
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
    home.connect()
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
    home.play()
    expect(home.state().phase).toBe('playing')
    expect(cloud.of('answer')).toHaveLength(1)
    cloud.say({ type: 'hangup', call: home.call, reason: 'taken-over' })
    expect(home.state()).toMatchObject({ phase: 'ended', reason: 'taken-over' })
    expect(home.peers.last.told.filter((told) => told === 'close')).toHaveLength(1)
  })

  it('fails in words and hangs up when the browser makes nothing of the offer', () => {
    home.ring()
    home.cloud.say(home.offer())
    home.peers.last.emit({ type: 'peer-refused', detail: 'no codec' })
    expect(home.state()).toMatchObject({
      phase: 'failed',
      failure: { code: 'browser-refused', detail: 'no codec' },
    })
    expect(home.cloud.of('hangup')).toMatchObject([{ reason: 'viewer-failed' }])
  })

  it('[R23] sends the answer again, with all candidates, when it did not reach the host', () => {
    home.connect()
    home.peers.last.emit({ type: 'candidate', candidate: candidate(7) })
    home.cloud.say({ type: 'error', code: 'peer-gone', call: home.call })
    home.clock.advance(RETRY_MS)
    expect(home.cloud.of('answer').map(({ candidates }) => candidates)).toEqual([[], [candidate(7)]])
  })
})
