import { beforeEach, describe, expect, it } from 'vitest'
import { IDLE_LIMIT_MS } from '../../protocol/connection-times.ts'
import { GIVE_UP_MS, RETRY_MS, SLOW_MS } from './call/call-patience.ts'
import { PROVEN_MS } from './hangups.ts'
import { HURRIED_TIMEOUT_MS, OPEN_TIMEOUT_MS, QUIET_MS, WELCOME_TIMEOUT_MS } from './link/link-state.ts'
import { ANSWER, type Household, household, welcome } from './testing/household.ts'
import { candidate, PORCH, SDP } from './testing/samples.ts'

const GATEWAY_FAILURE = JSON.stringify({
  message: 'Internal server error',
  connectionId: 'c=',
  requestId: 'r=',
})

let home: Household
beforeEach(() => {
  home = household()
})

describe('a lost link', () => {
  function comeBack(): void {
    home.clock.advance(1)
    home.cloud.accept()
  }

  it('[R24] [R47] does not touch a playing call, which says where it is now and is not placed again', () => {
    home.play()
    home.cloud.close()
    expect(home.state().phase).toBe('playing')
    comeBack()
    expect(home.snapshot.link.phase).toBe('welcomed')
    expect(home.state().phase).toBe('playing')
    expect(home.cloud.of('call')).toHaveLength(1)
    expect(home.cloud.of('resume')).toHaveLength(1)
  })

  it('[R12] has a call that waits for its offer placed again with the same id', () => {
    home.ring()
    home.clock.advance(SLOW_MS)
    home.cloud.close()
    expect(home.state()).toMatchObject({ progress: 'paused' })
    comeBack()
    expect(home.state()).toMatchObject({ phase: 'calling', progress: 'asked' })
    expect(home.cloud.of('call').map(({ call }) => call)).toEqual([home.call, home.call])
    expect(home.peers.peers).toHaveLength(1)
    home.cloud.say(home.offer())
    expect(home.state().phase).toBe('answering')
  })

  it('does not fail a call while nothing can be expected', () => {
    home.ring()
    home.cloud.close()
    home.clock.advance(10 * GIVE_UP_MS)
    expect(home.state()).toMatchObject({ phase: 'calling', progress: 'paused' })
  })

  it('[R10] has the answer sent again with all candidates, since it may have been lost with it', () => {
    home.connect()
    home.cloud.drop(true)
    home.peers.last.emit({ type: 'candidate', candidate: candidate(7) })
    home.peers.last.emit({ type: 'gathered' })
    home.cloud.drop(false)
    home.cloud.close()
    comeBack()
    expect(home.cloud.of('answer').at(-1)).toMatchObject({ candidates: [candidate(7)] })
  })

  it('answers an offer that it had got just before', () => {
    home.ring()
    home.cloud.say(home.offer())
    home.cloud.close()
    home.peers.last.emit({ type: 'answered', sdp: ANSWER })
    expect(home.cloud.of('answer')).toEqual([])
    comeBack()
    expect(home.cloud.of('answer')).toHaveLength(1)
  })

  it('has a hangup said late rather than never: the camera is not kept busy for nobody', () => {
    home.play()
    home.cloud.close()
    home.viewer.leave(PORCH)
    comeBack()
    expect(home.cloud.of('hangup')).toMatchObject([{ reason: 'viewer-left', camera: PORCH }])
    home.clock.advance(PROVEN_MS)
    home.cloud.say(welcome())
    home.cloud.close()
    comeBack()
    expect(home.cloud.of('hangup')).toHaveLength(1)
  })

  it('[R18] has a hangup said again that went into a connection which had died without a word', () => {
    home.play()
    const { call } = home
    home.cloud.drop(true)
    home.viewer.leave(PORCH)
    home.clock.advance(60_000)
    home.cloud.drop(false)
    home.cloud.close()
    comeBack()
    expect(home.cloud.of('hangup')).toMatchObject([{ call, reason: 'viewer-left' }])
  })

  it('[R18] has a hangup said again when the cloud says that it failed, and not without end', () => {
    home.play()
    home.viewer.leave(PORCH)
    home.cloud.sayText(GATEWAY_FAILURE)
    home.cloud.sayText(GATEWAY_FAILURE)
    home.clock.advance(1_000)
    expect(home.cloud.of('hangup')).toHaveLength(2)
    for (let time = 0; time < 10; time += 1) {
      home.cloud.say({ type: 'error', code: 'internal', call: home.call })
      home.clock.advance(1_000)
    }
    expect(home.cloud.of('hangup')).toHaveLength(4)
  })

  it('has no hangup said again that is long past when the cloud fails', () => {
    home.play()
    home.viewer.leave(PORCH)
    home.clock.advance(15_000)
    home.cloud.say({ type: 'error', code: 'internal', call: home.call })
    home.clock.advance(1_000)
    expect(home.cloud.of('hangup')).toHaveLength(1)
  })

  it('has a call that waits for its offer made again when the cloud says that it failed', () => {
    home.ring()
    home.cloud.sayText(GATEWAY_FAILURE)
    home.clock.advance(RETRY_MS)
    expect(home.cloud.of('call').map(({ call }) => call)).toEqual([home.call, home.call])
  })

  it('[R47] has a running call moved again when the cloud may have failed at that, and not because a host is away', () => {
    home.play()
    home.cloud.close()
    comeBack()
    expect(home.cloud.of('resume')).toHaveLength(1)
    home.cloud.sayText(GATEWAY_FAILURE)
    home.cloud.say({ type: 'error', code: 'internal', call: home.call })
    home.clock.advance(10_000)
    expect(home.cloud.of('resume')).toHaveLength(2)
    home.cloud.say({ type: 'error', code: 'peer-gone', call: home.call })
    home.clock.advance(10 * 10_000)
    expect(home.cloud.of('resume')).toHaveLength(2)
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
    home.viewer.wake('network')
    expect(home.cloud.opened).toBe(3)
  })

  it('is noticed when a socket neither opens nor answers', () => {
    home.setRandom(0.5)
    home.viewer.start()
    home.clock.advance(OPEN_TIMEOUT_MS)
    expect(home.snapshot.link.phase).toBe('backoff')
    home.clock.advance(250)
    home.cloud.drop(true)
    home.cloud.accept()
    home.clock.advance(WELCOME_TIMEOUT_MS)
    expect(home.snapshot.link).toMatchObject({ phase: 'backoff', attempt: 2 })
  })

  it('is noticed within 3 s by a page that wakes up, though the socket says nothing', () => {
    home.setRandom(0.5)
    home.start()
    home.clock.advance(QUIET_MS)
    home.viewer.wake('visible')
    const { opened } = home.cloud
    home.clock.advance(HURRIED_TIMEOUT_MS + 500)
    expect(home.cloud.opened).toBeGreaterThan(opened)
    home.cloud.accept()
    expect(home.snapshot.link.phase).toBe('welcomed')
  })
})

describe('what the cloud says', () => {
  it('[R28] is asked for again every 9 minutes, before the gateway closes an idle socket', () => {
    home.start()
    home.clock.advance(9 * 60_000 - 1)
    expect(home.cloud.of('hello')).toHaveLength(1)
    home.clock.advance(9 * 60_000 + 1)
    expect(home.cloud.of('hello')).toHaveLength(3)
    expect(new Set(home.cloud.of('hello').map(({ instance }) => instance)).size).toBe(1)
  })

  it('[R4] that does not come is asked for again after 3 s, on a connection on its way and on one that is up', () => {
    home.cloud.script(() => [])
    home.start()
    home.clock.advance(3_000)
    expect(home.cloud.of('hello')).toHaveLength(2)
    home.cloud.say(welcome())
    expect(home.snapshot.link.phase).toBe('welcomed')
    home.clock.advance(IDLE_LIMIT_MS + 3_000)
    expect(home.cloud.of('hello')).toHaveLength(4)
    home.cloud.say(welcome())
    home.clock.advance(60_000)
    expect(home.cloud.of('hello')).toHaveLength(4)
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
    ['camera-offline', 'online', true],
    ['camera-unreachable', 'online', true],
    ['camera-offline', 'unreachable', true],
    ['camera-offline', 'offline', false],
    ['camera-unreachable', 'offline', false],
    ['camera-busy', 'online', false],
  ] as const)(
    '[R25] is asked for again by a call that ends with %s at a camera that is shown as %s: %s',
    (code, shown, isAsked) => {
      home.start()
      home.cloud.say({ type: 'presence', camera: PORCH, state: shown, since: 9_000 })
      home.viewer.call(PORCH)
      home.cloud.say({ type: 'error', code, call: home.call })
      expect(home.cloud.of('hello')).toHaveLength(isAsked ? 2 : 1)
    },
  )

  it.each([
    'no JSON',
    '[]',
    '{"type":"newer","call":"x"}',
    '{"type":"offer","call":"short","sdp":"v=0","candidates":[]}',
  ])('[R8] is dropped when it is no message: %s', (text) => {
    home.play()
    home.cloud.sayText(text)
    expect(home.snapshot.link.phase).toBe('welcomed')
    expect(home.state().phase).toBe('playing')
  })

  it('[R6] about the version ends the link until a person acts', () => {
    home.cloud.script(() => [{ type: 'error', code: 'unsupported-version' }])
    home.start()
    expect(home.snapshot.link).toEqual({ phase: 'refused', code: 'unsupported-version' })
    home.viewer.wake('network')
    home.clock.advance(60 * 60_000)
    expect(home.cloud.opened).toBe(1)
  })

  it('[R10] may come late and all at once', () => {
    home.ring()
    home.cloud.pause()
    home.cloud.say(
      { type: 'candidates', call: home.call, candidates: [candidate(5)] },
      home.offer(),
      welcome(),
    )
    expect(home.state().phase).toBe('calling')
    home.cloud.resume()
    expect(home.state().phase).toBe('answering')
    expect(home.peers.last.told).toEqual([`offer ${SDP}`, candidate(1).candidate, candidate(5).candidate])
  })
})
