import { describe, expect, test } from 'vitest'
import {
  cameras,
  complaint,
  conditions,
  lost,
  opened,
  play,
  start,
  timer,
  unclaimed,
  up,
  welcomed,
} from '../testing/play-link.ts'
import type { LinkEvent } from './link-state.ts'

const retryIn = (ms: number) => ({ type: 'start-timer', timer: 'retry', ms })

describe('coming up', () => {
  test('[R3] the first word is hello, with what the cameras are at that moment', () => {
    expect(play(start).types).toEqual(['connect', 'start-timer'])
    const { state, effects } = play(start, conditions('busy'), opened)
    expect(state.phase).toBe('greeting')
    expect(effects).toContainEqual({ type: 'say-hello', which: 'present', conditions: cameras('busy') })
  })

  test('[R28] [R50] welcome brings it up, and begins pings, and what the hello said is said once more', () => {
    const { state, effects } = play(...up)
    expect(state).toMatchObject({ phase: 'up', attempt: 0, since: 5 })
    expect(effects).toEqual([
      { type: 'stop-timer', timer: 'welcome' },
      { type: 'stop-timer', timer: 'again' },
      { type: 'start-timer', timer: 'ping', ms: 30_000 },
      { type: 'start-timer', timer: 'status', ms: 15_000 },
      { type: 'announce', standing: 'up', reason: 'welcomed' },
    ])
  })

  test('what changed between hello and welcome is told after it', () => {
    const { effects } = play(start, opened, conditions('busy'), welcomed)
    expect(effects).toContainEqual({ type: 'send-status', conditions: cameras('busy') })
  })

  test('[R24] the calls that ended meanwhile end before anything else, whichever welcome says so', () => {
    const ended = ['A'.repeat(22)]
    const naming: LinkEvent = { ...welcomed, ended }
    const ending = { type: 'end-calls', calls: ended }
    expect(play(start, opened, naming).effects).toEqual([ending, ...play(...up).effects])
    expect(play(...up, naming).effects).toEqual([ending])
  })

  test('[R4] a second welcome changes nothing', () => {
    expect(play(...up, welcomed).effects).toEqual([])
  })
})

describe('[R38] a device that no owner has claimed', () => {
  const waiting = [start, opened, unclaimed] as const

  test('is not up: it is announced as unpaired, and says nothing of its cameras', () => {
    const { state, effects } = play(...waiting)
    expect(state).toMatchObject({ phase: 'unpaired', paired: false, attempt: 0 })
    expect(effects).toEqual([
      { type: 'stop-timer', timer: 'welcome' },
      { type: 'stop-timer', timer: 'again' },
      { type: 'start-timer', timer: 'ping', ms: 30_000 },
      { type: 'announce', standing: 'unpaired', reason: 'no owner has claimed it' },
    ])
    expect(play(...waiting, conditions('busy')).effects).toEqual([])
    expect(play(...waiting, timer('status')).effects).toEqual([])
  })

  test('[R40] says hello again when it is claimed, and is up with the next welcome', () => {
    expect(play(...waiting, { type: 'claimed' }).types).toContain('say-hello')
    expect(play(...waiting, { type: 'claimed' }, welcomed).state).toMatchObject({ phase: 'up', paired: true })
    expect(play(...up, { type: 'claimed' }).effects).toEqual([])
  })

  test('[R4] says hello again every 3 s while no welcome comes, and no more once it has come', () => {
    const again = { type: 'start-timer', timer: 'again', ms: 3_000 }
    expect(play(start, opened).effects).toContainEqual(again)
    expect(play(start, opened, timer('again')).types).toEqual(['say-hello', 'start-timer'])
    expect(play(start, opened, timer('again'), welcomed).effects).toContainEqual({
      type: 'stop-timer',
      timer: 'again',
    })
  })

  test('[R10] a welcome that is late and says otherwise is asked about, not believed', () => {
    expect(play(...up, unclaimed).types).toEqual([
      'announce',
      'stop-timer',
      'say-hello',
      'start-timer',
      'start-timer',
    ])
    expect(play(...up, unclaimed, welcomed).state.phase).toBe('up')
    expect(play(...up, unclaimed, unclaimed).state.phase).toBe('unpaired')
    expect(play(...waiting, welcomed).types).toContain('say-hello')
    expect(play(...waiting, unclaimed).effects).toEqual([])
  })

  test('that thought it was paired says hello again at not-paired', () => {
    expect(play(...up, complaint('not-paired')).types).toContain('say-hello')
    expect(play(...up, complaint('not-paired'), unclaimed).state.phase).toBe('unpaired')
    expect(play(...waiting, complaint('not-paired')).types).toEqual(['warn'])
  })

  test('leaves its place when it is told to rest, says why, and comes back', () => {
    const rest = { type: 'rest', ms: 3_000, why: 'the cloud did not answer' } as const
    const { state, effects } = play(...waiting, rest)
    expect(state).toMatchObject({ phase: 'resting', attempt: 0 })
    expect(effects).toEqual([
      { type: 'stop-timers' },
      { type: 'close-sockets' },
      { type: 'announce', standing: 'down', reason: rest.why },
      retryIn(3_000),
    ])
    expect(play(...up, rest).effects).toEqual([])
  })

  test('that finds all places taken tries again more and more rarely', () => {
    expect(play(start, opened, complaint('too-many-unpaired')).effects).toContainEqual(retryIn(10_000))
  })

  test('remembers what the cloud said last when the line is lost', () => {
    expect(play(...waiting, lost).types).toContain('announce')
    expect(play(...up, lost).state.paired).toBe(true)
    expect(play(start).state.paired).toBeNull()
  })
})

describe('[R31] a clock that is wrong', () => {
  const wrong = complaint('clock-wrong', 1_800_000_000_000)
  const setTime = { type: 'set-time', now: 1_800_000_000_000 }

  test('is set by the cloud, and it connects again at once', () => {
    const { state, effects } = play(start, opened, wrong)
    expect(state.phase).toBe('connecting')
    expect(effects).toEqual([
      { type: 'stop-timers' },
      { type: 'drop-socket', which: 'present' },
      setTime,
      { type: 'connect', which: 'present' },
      { type: 'start-timer', timer: 'handshake', ms: 3_000 },
    ])
  })

  test('that is wrong again right after is not asked about in a loop', () => {
    const { state, effects } = play(start, opened, wrong, opened, wrong)
    expect(state.phase).toBe('resting')
    expect(effects).toContainEqual(setTime)
    expect(effects).toContainEqual(retryIn(10_000))
  })

  test('that another time is told for is asked about again soon: it is the cloud’s that has jumped', () => {
    const jumped = complaint('clock-wrong', 1_800_000_000_000 + 2 * 60 * 60_000)
    const { state, effects } = play(start, opened, wrong, opened, jumped)
    expect(state.phase).toBe('resting')
    expect(effects).toContainEqual(retryIn(1_000))
  })

  test('may be set anew after a welcome: no clock runs true for months', () => {
    const again = [welcomed, lost, timer('retry'), opened, wrong] as const
    expect(play(start, opened, wrong, opened, ...again).state.phase).toBe('connecting')
  })

  test('is no matter of a connection that was welcomed: that is over like any that is refused', () => {
    expect(play(...up, wrong).types).toEqual([
      'stop-timers',
      'drop-socket',
      'announce',
      'warn',
      'start-timer',
    ])
  })

  test('without a time of the cloud is a refusal like another', () => {
    expect(play(start, opened, complaint('clock-wrong')).state.phase).toBe('resting')
  })
})

describe('[R5] replaced', () => {
  const replaced = complaint('replaced')

  test('it stops once it has been welcomed, whatever has become of its link since', () => {
    for (const before of [up, [...up, lost, timer('retry'), opened], [start, opened, unclaimed]]) {
      expect(play(...before, replaced).types).toEqual(['stop-timers', 'close-sockets', 'give-way'])
    }
  })

  test('before its first welcome it tries again, more and more rarely: the other may be its own run before', () => {
    const { state, effects } = play(start, opened, replaced)
    expect(state.phase).toBe('resting')
    expect(effects).toContainEqual(retryIn(10_000))
    expect(play(start, opened, replaced, timer('retry'), opened, replaced).effects).toContainEqual(
      retryIn(20_000),
    )
    const welcome = [timer('retry'), opened, welcomed] as const
    expect(play(start, opened, replaced, ...welcome, replaced).types).toContain('give-way')
  })
})

test('once stopped, nothing is heard and nothing is done', () => {
  const stopped = play(...up, { type: 'stop' })
  expect(stopped.types).toEqual(['stop-timers', 'close-sockets'])
  for (const event of [start, opened, welcomed, lost, timer('retry'), conditions('busy')]) {
    expect(play(...up, { type: 'stop' }, event).effects).toEqual([])
  }
})
