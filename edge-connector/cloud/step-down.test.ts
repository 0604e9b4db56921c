import { describe, expect, test } from 'vitest'
import {
  complaint,
  lost,
  opened,
  play,
  reached,
  refused,
  start,
  timer,
  unreached,
  up,
  welcomed,
} from '../testing/play-link.ts'
import type { LinkEvent } from './link-state.ts'

const retryIn = (ms: number) => ({ type: 'start-timer', timer: 'retry', ms })

describe('coming back', () => {
  test('[R24] a lost link is announced once, and tried again', () => {
    const first = play(...up, lost)
    expect(first.types).toEqual(['stop-timers', 'drop-socket', 'announce', 'warn', 'start-timer'])
    expect(first.effects).toContainEqual(retryIn(1_000))
    expect(play(...up, lost, timer('retry'), lost).types).not.toContain('announce')
  })

  test.each<[string, LinkEvent[]]>([
    ['the connection fails', [start, lost]],
    ['nobody answers the handshake', [start, reached, timer('handshake')]],
    ['nobody is there', [start, timer('handshake')]],
    ['the socket closes before welcome', [start, opened, lost]],
    ['hello is not answered', [start, opened, timer('welcome')]],
    ['hello is answered with an error', [start, opened, complaint('clock-wrong')]],
    ['the handshake is answered with HTTP 500', [start, refused(500)]],
  ])('it is tried again when %s', (_, events) => {
    const { state, effects } = play(...events)
    expect(state).toMatchObject({ phase: 'resting', attempt: 1 })
    expect(effects).toContainEqual(retryIn(1_000))
  })

  test('an attempt has 3 s to come as far as the cloud, and 10 s from there', () => {
    expect(play(start).effects).toContainEqual({ type: 'start-timer', timer: 'handshake', ms: 3_000 })
    expect(play(start, reached).effects).toEqual([{ type: 'start-timer', timer: 'handshake', ms: 10_000 }])
  })

  test.each<[string, LinkEvent]>([
    ['there is no line to the cloud', unreached],
    ['nobody answers there', timer('handshake')],
  ])('it tries again within 2 s for ever while %s, and says so every ten minutes', (_, failure) => {
    const hours = Array.from({ length: 3_000 }, () => [timer('retry'), failure]).flat()
    const { state, effects } = play(start, failure, ...hours)
    expect(state).toMatchObject({ phase: 'resting', attempt: 3_001, turnedAway: 0 })
    expect(effects).toEqual([
      { type: 'stop-timers' },
      { type: 'drop-socket', which: 'present' },
      retryIn(2_000),
    ])
    expect(play(start, failure).types).toContain('warn')
    expect(play(start, failure, { at: 600_005 }, timer('retry'), failure).types).toContain('warn')
    expect(
      play(start, failure, timer('retry'), opened, welcomed, lost, timer('retry'), failure).types,
    ).toContain('warn')
  })

  test('a night without a line does not make the first refusal a long one', () => {
    const night = Array.from({ length: 3_000 }, () => [unreached, timer('retry')]).flat()
    expect(play(start, ...night, refused(503)).effects).toContainEqual(retryIn(1_000))
    expect(play(start, refused(503), timer('retry'), ...night, refused(503)).effects).toContainEqual(
      retryIn(2_000),
    )
  })

  test('a refusal after a cloud that failed for minutes is the first one, also when no line was between two', () => {
    const failing = Array.from({ length: 20 }, () => [refused(503), timer('retry')]).flat()
    expect(play(start, ...failing, refused(403)).effects).toContainEqual(retryIn(10_000))
    const again = [refused(403), timer('retry'), unreached, timer('retry'), refused(403)]
    expect(play(start, ...failing, ...again).effects).toContainEqual(retryIn(20_000))
  })

  test('a cloud that is there and fails is asked once a minute at least, and never much more', () => {
    const again = Array.from({ length: 20 }, () => [timer('retry'), refused(429)]).flat()
    expect(play(start, ...again).effects).toContainEqual(retryIn(60_000))
  })

  test('the waits grow with each failure, and welcome begins anew', () => {
    const again = [timer('retry'), lost]
    expect(play(start, lost, ...again, ...again).effects).toContainEqual(retryIn(4_000))
    expect(play(start, lost, ...again, timer('retry'), opened, welcomed, lost).effects).toContainEqual(
      retryIn(1_000),
    )
  })

  test.each([
    ['403', refused(403)],
    ['401', refused(401)],
    ['unsupported-version [R6]', complaint('unsupported-version')],
  ])('a refusal that will not pass (%s) is tried again more and more rarely', (_, refusal) => {
    const again = Array.from({ length: 8 }, () => [timer('retry'), opened, refusal]).flat()
    expect(play(start, opened, refusal).effects).toContainEqual(retryIn(10_000))
    expect(play(start, opened, refusal, ...again).effects).toContainEqual(retryIn(600_000))
  })
})
