import { beforeEach, describe, expect, it } from 'vitest'
import { BEGIN_MS, PICTURE_MS, TAP_MS } from './call/call-patience.ts'
import { ANSWER, type Household, household } from './testing/household.ts'
import { candidate, GARDEN, PORCH } from './testing/samples.ts'

let home: Household
beforeEach(() => {
  home = household()
})

function failure(): unknown {
  const state = home.state()
  return state.phase === 'failed' ? state.failure.code : state.phase
}

describe('the picture', () => {
  it('plays from its first frame on', () => {
    home.connect()
    home.peers.last.emit({ type: 'connected' })
    expect(home.state()).toMatchObject({ phase: 'connecting', path: 'open' })
    home.viewer.firstFrame(home.call)
    expect(home.state().phase).toBe('playing')
  })

  it('[R22] says every 60 s that somebody watches, and no longer than that', () => {
    home.play()
    home.clock.advance(59_999)
    expect(home.cloud.of('alive')).toEqual([])
    home.clock.advance(120_001)
    expect(home.cloud.of('alive')).toEqual(Array(3).fill({ type: 'alive', call: home.call, camera: PORCH }))
    home.viewer.leave(PORCH)
    home.clock.advance(180_000)
    expect(home.cloud.of('alive')).toHaveLength(3)
  })

  it.each(['answer', 'call'] as const)(
    '[R16] has its %s said again while no path is found, three times, and not once there is one',
    (type) => {
      home.connect()
      home.clock.advance(4_000)
      expect(home.cloud.of(type)).toHaveLength(2)
      home.peers.last.emit({ type: 'connected' })
      home.clock.advance(10_000)
      expect(home.cloud.of(type)).toHaveLength(2)
      home.viewer.leave(PORCH)
      home.connect()
      home.clock.advance(PICTURE_MS - 1)
      expect(home.cloud.of(type)).toHaveLength(2 + 4)
    },
  )

  it('is interrupted and comes back', () => {
    home.play()
    home.peers.last.emit({ type: 'disconnected' })
    expect(home.state().phase).toBe('interrupted')
    home.peers.last.emit({ type: 'connected' })
    expect(home.state().phase).toBe('playing')
  })

  it('fails as no-path when the connection does, and frees the camera', () => {
    home.connect()
    home.peers.last.emit({ type: 'connection-failed' })
    expect(failure()).toBe('no-path')
    expect(home.cloud.of('hangup')).toMatchObject([{ reason: 'viewer-failed' }])
    expect(home.peers.last.told.at(-1)).toBe('close')
  })

  it.each([
    ['no-path', []],
    ['no-picture', ['connected']],
    ['no-path', ['connected', 'disconnected']],
  ] as const)('fails as %s when nothing is to be seen for long after %j', (code, events) => {
    home.connect()
    for (const type of events) home.peers.last.emit({ type })
    home.clock.advance(PICTURE_MS)
    expect(failure()).toBe(code)
  })
})

describe('a browser that does not begin to connect', () => {
  /** Nothing comes from it but the answer. */
  function answerOnly(): void {
    home.cloud.say(home.offer())
    home.peers.last.emit({ type: 'answered', sdp: ANSWER })
  }

  it('[R48] whose own addresses do not come gets a connection more after four seconds, in the place of the first', () => {
    home.ring()
    answerOnly()
    const first = home.call
    home.clock.advance(BEGIN_MS - 1)
    expect(home.cloud.of('call')).toHaveLength(1)
    home.clock.advance(1)
    expect(home.cloud.of('hangup')).toMatchObject([{ call: first, reason: 'viewer-failed' }])
    expect(home.cloud.of('call').at(-1)).toMatchObject({ camera: PORCH, replaces: first })
    expect(home.peers.peers.map(({ told }) => told.at(-1))).toEqual(['close', undefined])
    expect(home.shown.map(({ calls }) => calls.get(PORCH)?.phase)).not.toContain('failed')

    home.cloud.say(home.offer())
    home.answer()
    home.viewer.firstFrame(home.call)
    expect(home.state().phase).toBe('playing')
  })

  it('[R48] does so too when it makes nothing of the offer', () => {
    home.ring()
    home.cloud.say(home.offer())
    const first = home.call
    home.clock.advance(BEGIN_MS)
    expect(home.cloud.of('call').at(-1)).toMatchObject({ replaces: first })
    expect(home.state().phase).toBe('calling')
  })

  it('is told of when the second does no better', () => {
    home.ring()
    answerOnly()
    home.clock.advance(BEGIN_MS)
    answerOnly()
    home.clock.advance(BEGIN_MS)
    expect(failure()).toBe('browser-stuck')
    home.clock.advance(60_000)
    expect(home.cloud.of('call')).toHaveLength(2)
  })

  it.each([
    { type: 'candidate', candidate: candidate(9) },
    { type: 'gathered' },
    { type: 'connected' },
  ] as const)('is another than one of which $type is heard', (event) => {
    home.ring()
    answerOnly()
    home.peers.last.emit(event)
    home.clock.advance(PICTURE_MS - 1)
    expect(home.state()).toMatchObject({ phase: 'connecting', call: home.cloud.of('call')[0]?.call })
  })
})

describe('a picture that the browser does not start by itself', () => {
  beforeEach(() => {
    home.connect()
    home.peers.last.emit({ type: 'connected' })
    home.viewer.playBlocked(home.call)
  })

  it('is waited for as long as somebody may need to see that a tap is wanted', () => {
    home.clock.advance(TAP_MS - 1)
    home.viewer.firstFrame(home.call)
    expect(home.state().phase).toBe('playing')
  })

  it('keeps no camera busy when nobody starts it', () => {
    home.clock.advance(TAP_MS)
    expect(failure()).toBe('not-started')
    expect(home.cloud.of('hangup')).toMatchObject([{ reason: 'viewer-failed' }])
  })

  it('has as long again for each tap that was not enough', () => {
    home.clock.advance(TAP_MS - 1)
    home.viewer.playBlocked(home.call)
    home.clock.advance(TAP_MS - 1)
    expect(failure()).toBe('connecting')
  })
})

describe('the end of a call', () => {
  it('[R18] is told to the host once when the viewer hangs up; what still comes is dropped', () => {
    home.play()
    const { call } = home
    home.viewer.leave(PORCH)
    home.viewer.leave(PORCH)
    expect(home.state()).toEqual({ phase: 'idle' })
    expect(home.cloud.of('hangup')).toEqual([{ type: 'hangup', call, camera: PORCH, reason: 'viewer-left' }])
    home.cloud.say(home.offer({ call }), { type: 'hangup', call, reason: 'viewer-left' })
    home.cloud.say({ type: 'error', code: 'camera-closed', call })
    expect(home.state()).toEqual({ phase: 'idle' })
  })

  it('[R18] by the host is not answered', () => {
    home.play()
    home.cloud.say({ type: 'hangup', call: home.call, reason: 'taken-over' })
    expect(home.state()).toMatchObject({ phase: 'ended', reason: 'taken-over' })
    expect(home.cloud.of('hangup')).toEqual([])
    home.viewer.leave(PORCH)
    expect(home.state()).toEqual({ phase: 'idle' })
  })

  it('leaves the next call alone, whatever still comes of the one before', () => {
    home.play()
    const first = home.call
    home.viewer.leave(PORCH)
    home.viewer.call(PORCH)
    home.peers.peers[0]?.emit({ type: 'connection-failed' })
    home.cloud.say({ type: 'hangup', call: first, reason: 'viewer-silent' }, home.offer({ call: first }))
    expect(home.state()).toMatchObject({ phase: 'calling', call: home.call })
  })

  it('of one camera leaves the other playing', () => {
    home.play()
    home.viewer.call(GARDEN)
    home.cloud.say({ type: 'error', code: 'camera-busy', call: home.call })
    expect(home.state(GARDEN)).toMatchObject({ phase: 'failed', failure: { code: 'camera-busy' } })
    expect(home.state(PORCH).phase).toBe('playing')
  })

  it('[R18] comes for all calls when the page is left, before the socket closes', () => {
    home.play()
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

it('a view costs the viewer five messages: call, answer, one batch of candidates, hangup, and its hello', () => {
  home.connect()
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
