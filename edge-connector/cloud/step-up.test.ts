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

describe('staying up', () => {
  test('a dead line is noticed 45 s after the last sign of life at most', () => {
    expect(play(...up, timer('ping')).effects).toEqual([
      { type: 'ping' },
      { type: 'start-timer', timer: 'pong', ms: 15_000 },
      { type: 'start-timer', timer: 'ping', ms: 30_000 },
    ])
    expect(play(...up, timer('ping'), { type: 'pong' }).effects).toEqual([
      { type: 'stop-timer', timer: 'pong' },
    ])
    const dead = play(...up, timer('ping'), timer('pong'))
    expect(dead.state.phase).toBe('resting')
    expect(dead.types).toContain('drop-socket')
  })

  test('[R27] a change is told once, what is as before is not', () => {
    const { effects } = play(...up, conditions('unreachable'))
    expect(effects).toContainEqual({ type: 'send-status', conditions: cameras('unreachable') })
    expect(play(...up, conditions('ready')).effects).toEqual([])
    expect(play(...up, conditions('busy'), conditions('busy')).effects).toEqual([])
  })

  test('[R50] a change is said once more after 15 s, and from then on every 9 minutes', () => {
    const status = { type: 'send-status', conditions: cameras('busy') }
    expect(play(...up, conditions('busy')).effects).toEqual([
      status,
      { type: 'start-timer', timer: 'status', ms: 15_000 },
    ])
    expect(play(...up, conditions('busy'), timer('status')).effects).toEqual([
      status,
      { type: 'start-timer', timer: 'status', ms: 540_000 },
    ])
  })

  test('[R28] status is repeated 9 minutes after the last one', () => {
    expect(play(...up, timer('status')).effects).toEqual([
      { type: 'send-status', conditions: cameras('ready') },
      { type: 'start-timer', timer: 'status', ms: 540_000 },
    ])
  })

  test('an error about no call is noted, and ends nothing', () => {
    const { state, types } = play(...up, complaint('bad-message'))
    expect(state.phase).toBe('up')
    expect(types).toEqual(['warn'])
  })
})

describe('[R52] asked to say hello where it is up', () => {
  const asked = [...up, conditions('busy'), complaint('say-hello')] as const

  test('it does, and stays up', () => {
    const { state, effects } = play(...asked)
    expect(state).toMatchObject({ phase: 'up', told: cameras('busy') })
    expect(effects).toEqual([
      { type: 'say-hello', which: 'present', conditions: cameras('busy') },
      { type: 'start-timer', timer: 'welcome', ms: 10_000 },
      { type: 'start-timer', timer: 'again', ms: 3_000 },
    ])
  })

  test('it says so once', () => {
    expect(play(...asked, complaint('say-hello')).effects).toEqual([])
    expect(play(...asked, welcomed, complaint('say-hello')).types).toContain('say-hello')
  })

  test('[R50] the welcome is heard, nobody is told, and what the hello said is said once more', () => {
    expect(play(...asked, welcomed).effects).toEqual([
      { type: 'stop-timer', timer: 'welcome' },
      { type: 'stop-timer', timer: 'again' },
      { type: 'start-timer', timer: 'status', ms: 15_000 },
    ])
  })

  test('a line on which no welcome comes is lost', () => {
    expect(play(...asked, timer('welcome')).state.phase).toBe('resting')
  })

  test('one that learns then that it was unpaired is so', () => {
    expect(play(...asked, unclaimed, unclaimed).state.phase).toBe('unpaired')
  })

  test.each<[string, LinkEvent[]]>([
    ['resting', [start, lost]],
    ['greeting', [start, opened]],
    ['unpaired', [start, opened, unclaimed]],
  ])('while %s it is no news', (_, events) => {
    expect(play(...events, complaint('say-hello')).effects).toEqual([])
  })
})

describe('a cloud that fails at a message', () => {
  const again = (ms: number) => ({ type: 'start-timer', timer: 'again', ms })
  const internal = complaint('internal')

  test('is told the state of the cameras and the ends of calls again about 2 s later, and more and more rarely', () => {
    expect(play(...up, internal).effects).toEqual([
      { type: 'warn', event: 'cloud-error', message: 'the cloud answered internal', retryMs: 3_000 },
      { type: 'stop-timer', timer: 'status' },
      again(3_000),
    ])
    expect(play(...up, internal, timer('again')).effects).toEqual([
      { type: 'send-status', conditions: cameras('ready') },
      { type: 'start-timer', timer: 'status', ms: 15_000 },
      { type: 'say-ends-again' },
    ])
    expect(play(...up, internal, timer('again'), internal).effects).toContainEqual(again(5_000))
    const failing = Array.from({ length: 9 }, () => [internal, timer('again')]).flat()
    expect(play(...up, ...failing, internal).effects).toContainEqual(again(61_000))
  })

  test('that has taken it since is trusted again', () => {
    expect(play(...up, internal, timer('again'), timer('status'), internal).effects).toContainEqual(
      again(3_000),
    )
  })

  test('is told hello again on the same socket, as long as it has time for a welcome', () => {
    const failed = play(start, opened, internal)
    expect(failed.state.phase).toBe('greeting')
    expect(failed.effects).toContainEqual(again(3_000))
    expect(play(start, opened, internal, conditions('busy'), timer('again')).effects).toEqual([
      { type: 'say-hello', which: 'present', conditions: cameras('busy') },
      again(3_000),
    ])
    expect(play(start, opened, internal, timer('welcome')).state.phase).toBe('resting')
    expect(play(start, opened, internal, timer('again'), welcomed).state.phase).toBe('up')
  })

  test('is told hello again, too, where it is up and was to hear it', () => {
    expect(play(...up, complaint('say-hello'), internal, timer('again')).types).toEqual([
      'say-hello',
      'start-timer',
    ])
  })

  test('while an owner is waited for, only the pairing asks again', () => {
    expect(play(start, opened, unclaimed, internal).types).toEqual(['warn'])
  })
})
