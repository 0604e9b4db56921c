import { describe, expect, test } from 'vitest'
import {
  cameras,
  complaint,
  conditions,
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
import type { LineEvent, LinkEvent } from './link-state.ts'

const HOURS_MS = 6_900_000
const next = (event: LineEvent): LinkEvent => ({ type: 'next', event })
const planned = { ...welcomed, rollOverMs: HOURS_MS }
const upUntil = [start, opened, planned] as const
const connecting = [...upUntil, timer('roll-over')] as const
const greeting = [...connecting, next(reached), next(opened)] as const
const rollOverIn = (ms: number) => ({ type: 'start-timer', timer: 'roll-over', ms })
const drop = { type: 'drop-socket', which: 'next' }

describe('[R46] the next connection', () => {
  test('is planned by each welcome, and by none that does not say when', () => {
    expect(play(...upUntil).effects).toContainEqual(rollOverIn(HOURS_MS))
    expect(play(...upUntil).state).toMatchObject({ next: { phase: 'later', at: HOURS_MS + 5 } })
    expect(play(...upUntil, { ...welcomed, rollOverMs: 7 }).effects).toEqual([rollOverIn(7)])
    expect(play(...up).effects).not.toContainEqual(expect.objectContaining({ timer: 'roll-over' }))
    expect(play(...up).state).toMatchObject({ next: { phase: 'later', at: null } })
  })

  test('is opened beside the present one', () => {
    const { state, effects } = play(...connecting)
    expect(state.phase).toBe('up')
    expect(effects).toEqual([
      { type: 'connect', which: 'next' },
      { type: 'start-timer', timer: 'next-handshake', ms: 3_000 },
    ])
    expect(play(...connecting, next(reached)).effects).toEqual([
      { type: 'start-timer', timer: 'next-handshake', ms: 10_000 },
    ])
    expect(play(...connecting, timer('roll-over')).effects).toEqual([])
  })

  test('says hello with what the cameras are then', () => {
    expect(play(...connecting, conditions('busy'), next(opened)).effects).toEqual([
      { type: 'stop-timer', timer: 'next-handshake' },
      { type: 'start-timer', timer: 'next-welcome', ms: 10_000 },
      { type: 'say-hello', which: 'next', conditions: cameras('busy') },
      { type: 'start-timer', timer: 'next-again', ms: 3_000 },
    ])
  })

  test('[R4] says hello again every 3 s until its welcome, with what the cameras are by then', () => {
    expect(play(...greeting, conditions('busy'), timer('next-again')).effects).toEqual([
      { type: 'say-hello', which: 'next', conditions: cameras('busy') },
      { type: 'start-timer', timer: 'next-again', ms: 3_000 },
    ])
    const welcome = play(...greeting, conditions('busy'), timer('next-again'), next(planned))
    expect(welcome.types).not.toContain('send-status')
    expect(play(...greeting, next(planned), timer('next-again')).effects).toEqual([])
  })

  test('takes over with its welcome, and nobody is told', () => {
    const { state, effects } = play(...greeting, next({ ...planned, rollOverMs: 9 }))
    expect(state).toMatchObject({ phase: 'up', since: 5, next: { phase: 'later', at: 14, attempt: 0 } })
    expect(effects).toEqual([
      { type: 'stop-timers' },
      { type: 'roll-over' },
      { type: 'start-timer', timer: 'ping', ms: 30_000 },
      { type: 'start-timer', timer: 'status', ms: 15_000 },
      rollOverIn(9),
    ])
  })

  test('is told after its welcome what the cameras became since its hello, though the older was told', () => {
    expect(play(...greeting, conditions('busy')).types).toContain('send-status')
    expect(play(...greeting, conditions('busy'), next(planned)).effects).toContainEqual({
      type: 'send-status',
      conditions: cameras('busy'),
    })
    const back = [conditions('busy'), conditions('ready')]
    expect(play(...greeting, ...back, next(planned)).types).not.toContain('send-status')
  })

  test('[R24] names the calls that are over, as any welcome does', () => {
    const ended = ['A'.repeat(22)]
    expect(play(...greeting, next({ ...planned, ended })).effects[0]).toEqual({
      type: 'end-calls',
      calls: ended,
    })
  })

  test('[R38] may say that no owner has the device any more', () => {
    const { state, effects } = play(...greeting, next({ ...planned, paired: false }))
    expect(state).toMatchObject({ phase: 'unpaired', paired: false })
    expect(effects).toContainEqual(expect.objectContaining({ type: 'announce', standing: 'unpaired' }))
  })

  test('[R5] may say that another program has come', () => {
    const { state, types } = play(...greeting, next(complaint('replaced')))
    expect(state.phase).toBe('stopped')
    expect(types).toEqual(['stop-timers', 'close-sockets', 'give-way'])
  })

  test('[R52] makes no other hello necessary', () => {
    expect(play(...greeting, complaint('say-hello')).effects).toEqual([])
    expect(play(...connecting, complaint('say-hello')).types).toContain('say-hello')
  })

  test('is not opened where there is no present one', () => {
    expect(play(...upUntil, lost, timer('roll-over')).effects).toEqual([])
    expect(play(...upUntil, next(opened)).effects).toEqual([])
    expect(play(start, next(opened)).effects).toEqual([])
  })
})

describe('[R46] a next connection that fails', () => {
  test.each<[string, LinkEvent, number]>([
    ['is refused by a cloud in trouble', next(refused(503)), 1_000],
    ['is refused', next(refused(403)), 10_000],
    ['is lost', next(lost), 1_000],
    ['finds no line', next(unreached), 1_000],
    ['comes nowhere in time', timer('next-handshake'), 1_000],
  ])('and %s is tried again, while the present one goes on', (_, failure, ms) => {
    const { state, effects } = play(...connecting, failure)
    expect(state).toMatchObject({
      phase: 'up',
      asked: false,
      next: { phase: 'later', at: ms + 5, attempt: 1 },
    })
    expect(effects).toEqual([
      { type: 'stop-timer', timer: 'next-handshake' },
      { type: 'stop-timer', timer: 'next-welcome' },
      { type: 'stop-timer', timer: 'next-again' },
      drop,
      expect.objectContaining({ type: 'warn', retryMs: ms }),
      rollOverIn(ms),
    ])
  })

  test.each<[string, LinkEvent]>([
    ['lost', next(lost)],
    ['never welcomed', timer('next-welcome')],
    ['answered with an error', next(complaint('internal'))],
  ])(
    'after its hello (%s) makes the present one say hello: the cloud looks for the device elsewhere',
    (_, failure) => {
      const { state, effects } = play(...greeting, conditions('busy'), failure)
      expect(state).toMatchObject({ phase: 'up', asked: true, next: { phase: 'later', attempt: 1 } })
      expect(effects).toContainEqual(drop)
      expect(effects.slice(-3)).toEqual([
        { type: 'say-hello', which: 'present', conditions: cameras('busy') },
        { type: 'start-timer', timer: 'welcome', ms: 10_000 },
        { type: 'start-timer', timer: 'again', ms: 3_000 },
      ])
    },
  )

  test('waits longer with each failure, and no welcome on the present one shortens that', () => {
    const failures = Array.from({ length: 9 }, () => [timer('roll-over'), next(lost)]).flat()
    expect(play(...upUntil, ...failures).effects).toContainEqual(rollOverIn(60_000))
    expect(play(...upUntil, ...failures, { ...planned, rollOverMs: 0 }).effects).toEqual([])
  })

  test('[R31] sets the clock where that was wrong', () => {
    expect(play(...greeting, next(complaint('clock-wrong', 1_800_000_000_000))).effects[0]).toEqual({
      type: 'set-time',
      now: 1_800_000_000_000,
    })
  })
})

describe('[R46] when the present connection is lost meanwhile', () => {
  test('the next one is the attempt, from where it is', () => {
    const { state, effects } = play(...connecting, lost)
    expect(state).toMatchObject({ phase: 'connecting', reached: false, attempt: 1 })
    expect(effects).toEqual([
      { type: 'stop-timers' },
      { type: 'fall-over' },
      { type: 'announce', standing: 'down', reason: 'closed' },
      { type: 'warn', event: 'cloud-lost', message: 'closed', retryMs: 0 },
      { type: 'start-timer', timer: 'handshake', ms: 10_000 },
    ])
    expect(play(...connecting, lost, opened, planned).state.phase).toBe('up')
  })

  test('[R4] and hello is said there already, its welcome is waited for, and asked for again', () => {
    const { state, effects } = play(...greeting, conditions('busy'), timer('pong'))
    expect(state).toMatchObject({ phase: 'greeting', told: cameras('ready') })
    expect(effects.slice(-2)).toEqual([
      { type: 'start-timer', timer: 'welcome', ms: 10_000 },
      { type: 'start-timer', timer: 'again', ms: 3_000 },
    ])
    const welcome = play(...greeting, conditions('busy'), lost, planned)
    expect(welcome.state.phase).toBe('up')
    expect(welcome.effects).toContainEqual({ type: 'send-status', conditions: cameras('busy') })
  })

  test('and there is only a plan, it is an ordinary reconnect', () => {
    expect(play(...upUntil, lost).state.phase).toBe('resting')
    expect(play(...connecting, next(lost), lost).state.phase).toBe('resting')
  })

  test('[R38] where it is doubted that the device is paired, only one connection is asked', () => {
    const { state, effects } = play(...greeting, complaint('not-paired'))
    expect(state.phase).toBe('greeting')
    expect(effects[0]).toEqual(drop)
    expect(effects).toContainEqual({ type: 'say-hello', which: 'present', conditions: cameras('ready') })
  })
})
