import { beforeEach, describe, expect, it } from 'vitest'
import { HURRIED_TIMEOUT_MS, QUIET_MS, WELCOME_TIMEOUT_MS } from './link/link-state.ts'
import { type Household, household, welcome } from './testing/household.ts'
import { PORCH } from './testing/samples.ts'

const FAILED = '{"message": "Internal server error", "connectionId":"a", "requestId":"b"}'

let home: Household
beforeEach(() => {
  home = household()
})

const socket = (n: number) => {
  const found = home.cloud.sockets[n]
  if (found === undefined) throw new Error('no such socket')
  return found
}
const saidOn = (n: number) => socket(n).received.map(({ type }) => type)

/** What the page showed of its link meanwhile. */
function linkPhases(act: () => void): string[] {
  const before = home.shown.length
  act()
  return [...new Set(home.shown.slice(before).map(({ link }) => link.phase))]
}

describe('a network that comes back', () => {
  it('has another socket opened at once, whatever the one that there is looks like', () => {
    home.play()
    home.clock.advance(6_000)
    socket(0).die()
    expect(linkPhases(() => home.viewer.wake('network'))).toEqual([])
    socket(1).accept()
    expect(saidOn(1)).toEqual(['hello', 'resume'])
  })

  it('by several events at once opens one', () => {
    home.start()
    home.clock.advance(6_000)
    for (const cause of ['network', 'network', 'visible'] as const) home.viewer.wake(cause)
    socket(1).accept()
    for (const cause of ['network', 'visible'] as const) home.viewer.wake(cause)
    home.clock.advance(HURRIED_TIMEOUT_MS)
    expect(home.cloud.opened).toBe(2)
    expect(home.snapshot.link.phase).toBe('welcomed')
  })

  it.each([0, 400, 900, 1_500, 2_400, 3_100])(
    'is used within 3 s, though its event came %i ms before',
    (earlyMs) => {
      home.setRandom(0.9)
      home.play()
      home.clock.advance(6_000)
      socket(0).die()
      home.viewer.wake('network')
      home.clock.advance(earlyMs)
      // What was begun before hangs for good; what begins from now on is let through.
      const hanging = home.cloud.opened
      for (let ms = 0; ms < 3_000 && home.cloud.opened === hanging; ms += 10) home.clock.advance(10)
      expect(home.cloud.opened).toBeGreaterThan(hanging)
      home.cloud.accept()
      expect(saidOn(home.cloud.opened - 1)).toEqual(['hello', 'resume'])
    },
  )

  it('is no reason to believe a socket that has died: the page says so when nothing answers', () => {
    home.setRandom(0.9)
    home.play()
    home.clock.advance(6_000)
    home.cloud.drop(true)
    home.viewer.wake('network')
    home.clock.advance(HURRIED_TIMEOUT_MS + WELCOME_TIMEOUT_MS)
    expect(home.snapshot.link.phase).not.toBe('welcomed')
    expect(home.state().phase).toBe('playing')
  })

  it('is not needed by a page that is only looked at again, unless it was quiet', () => {
    home.start()
    home.clock.advance(QUIET_MS - 1)
    home.viewer.wake('visible')
    expect(home.cloud.opened).toBe(1)
    home.clock.advance(1)
    home.viewer.wake('visible')
    expect(home.cloud.opened).toBe(2)
  })
})

describe('a cloud that fails at the hello', () => {
  it.each([FAILED, JSON.stringify({ type: 'error', code: 'internal' })])(
    'is told it again on the same socket: %s',
    (failure) => {
      home.setRandom(0.5)
      home.cloud.script(() => [])
      home.start()
      home.cloud.sayText(failure)
      home.cloud.script(() => [welcome()])
      home.clock.advance(1_000)
      expect(home.snapshot.link.phase).toBe('welcomed')
      expect(home.cloud.of('hello')).toHaveLength(2)
      expect(home.cloud.opened).toBe(1)
    },
  )

  it('for as long as a welcome may take is given up', () => {
    home.setRandom(0.5)
    home.cloud.script(() => [])
    home.start()
    for (let ms = 0; ms < WELCOME_TIMEOUT_MS; ms += 500) {
      home.cloud.sayText(FAILED)
      home.clock.advance(500)
    }
    expect(home.cloud.of('hello').length).toBeGreaterThan(5)
    home.clock.advance(500)
    expect(home.cloud.opened).toBe(2)
  })
})

describe('a line that has gone, of which no browser tells', () => {
  it('is found out by a picture that stands, and that is called again over the next connection', () => {
    home.play()
    home.clock.advance(10_000)
    socket(0).die()
    home.peers.last.freeze(true)
    home.clock.advance(5_500)
    expect(home.cloud.opened).toBe(2)
    socket(1).accept()
    expect(saidOn(1)).toEqual(['hello', 'hangup', 'call'])
    expect(home.snapshot.regains.get(PORCH)).toMatchObject({ phase: 'calling' })
  })

  it('is found out sooner by a connection to the camera that says so', () => {
    home.play()
    home.clock.advance(10_000)
    socket(0).die()
    home.peers.last.emit({ type: 'disconnected' })
    expect(linkPhases(() => socket(1).accept())).toEqual(['welcomed'])
    expect(saidOn(1)).toEqual(['hello', 'resume'])
  })

  it('is found out by a call that nobody answers, which goes on over the next connection', () => {
    home.start()
    home.clock.advance(10_000)
    socket(0).die()
    home.viewer.call(PORCH)
    home.clock.advance(4_000)
    socket(1).accept()
    expect(saidOn(1)).toEqual(['hello', 'call'])
  })

  it('is found out also where the last that came was that the camera is away', () => {
    home.play()
    home.clock.advance(10_000)
    home.cloud.say({ type: 'presence', camera: PORCH, state: 'unreachable', since: 9_000 })
    home.cloud.say({ type: 'hangup', call: home.call, reason: 'camera-closed' })
    expect(home.snapshot.regains.get(PORCH)).toMatchObject({ phase: 'waiting', why: 'camera-away' })
    socket(0).die()
    home.clock.advance(5_000)
    socket(1).accept()
    socket(1).say({ type: 'presence', camera: PORCH, state: 'online', since: 12_000 })
    expect(saidOn(1)).toEqual(['hello', 'call'])
  })

  it('is not looked for where something has just come', () => {
    home.play()
    home.clock.advance(10_000)
    socket(0).say({ type: 'presence', camera: PORCH, state: 'busy', since: 9_000 })
    home.clock.advance(2_999)
    home.peers.last.emit({ type: 'disconnected' })
    expect(home.cloud.opened).toBe(1)
  })

  it('is looked for once at a time', () => {
    home.play()
    home.clock.advance(10_000)
    home.peers.last.emit({ type: 'disconnected' })
    home.peers.last.emit({ type: 'connection-failed' })
    expect(home.cloud.opened).toBe(2)
  })
})
