import { describe, expect, test } from 'vitest'
import type { CameraCondition } from '../../protocol/hello.ts'
import { INITIAL_LINK, type LinkEvent, type LinkState, type LinkTimer } from './link-state.ts'
import { stepLink } from './step-link.ts'

const cameras = (state: CameraCondition) => [{ name: 'porch', state }]
const conditions = (state: CameraCondition): LinkEvent => ({ type: 'conditions', conditions: cameras(state) })
const timer = (name: LinkTimer): LinkEvent => ({ type: 'timer', timer: name })
const start: LinkEvent = { type: 'start' }
const opened: LinkEvent = { type: 'opened' }
const welcomed: LinkEvent = { type: 'welcomed', paired: true, ended: [] }
const unclaimed: LinkEvent = { type: 'welcomed', paired: false, ended: [] }
const lost: LinkEvent = { type: 'lost', reason: 'closed' }
const refused = (status: number): LinkEvent => ({ type: 'refused', status })
const complaint = (code: string, now?: number): LinkEvent => ({ type: 'complaint', code, detail: '', now })

function play(...events: LinkEvent[]) {
  let state: LinkState = INITIAL_LINK
  let effects: readonly { readonly type: string }[] = []
  for (const event of [conditions('ready'), ...events]) {
    const step = stepLink(state, event, { now: 5, random: 1 })
    state = step.state
    effects = step.effects
  }
  return { state, effects, types: effects.map(({ type }) => type) }
}
const up = [start, opened, welcomed] as const
const retryIn = (ms: number) => ({ type: 'start-timer', timer: 'retry', ms })

describe('coming up', () => {
  test('[R3] the first word is hello, with what the cameras are at that moment', () => {
    expect(play(start).types).toEqual(['connect', 'start-timer'])
    const { state, effects } = play(start, conditions('busy'), opened)
    expect(state.phase).toBe('greeting')
    expect(effects).toContainEqual({ type: 'say-hello', conditions: cameras('busy') })
  })

  test('welcome brings it up, and begins pings and the renewal of the lease', () => {
    const { state, effects } = play(...up)
    expect(state).toMatchObject({ phase: 'up', attempt: 0, since: 5 })
    expect(effects).toEqual([
      { type: 'stop-timer', timer: 'welcome' },
      { type: 'start-timer', timer: 'ping', ms: 30_000 },
      { type: 'start-timer', timer: 'status', ms: 540_000 },
      { type: 'announce', standing: 'up', reason: 'welcomed' },
    ])
  })

  test('what changed between hello and welcome is told after it', () => {
    const { effects } = play(start, opened, conditions('busy'), welcomed)
    expect(effects).toContainEqual({ type: 'send-status', conditions: cameras('busy') })
  })

  test('[R24] the calls that ended meanwhile end before anything else, whichever welcome says so', () => {
    const ended = ['A'.repeat(22)]
    const naming: LinkEvent = { type: 'welcomed', paired: true, ended }
    const ending = { type: 'end-calls', calls: ended }
    expect(play(start, opened, naming).effects).toEqual([ending, ...play(...up).effects])
    expect(play(...up, naming).effects).toEqual([ending])
  })

  test('[R4] a second welcome changes nothing', () => {
    expect(play(...up, welcomed).effects).toEqual([])
  })
})

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

describe('[R38] a device that no owner has claimed', () => {
  const waiting = [start, opened, unclaimed] as const

  test('is not up: it is announced as unpaired, and says nothing of its cameras', () => {
    const { state, effects } = play(...waiting)
    expect(state).toMatchObject({ phase: 'unpaired', paired: false, attempt: 0 })
    expect(effects).toEqual([
      { type: 'stop-timer', timer: 'welcome' },
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

  test('[R10] a welcome that is late and says otherwise is asked about, not believed', () => {
    expect(play(...up, unclaimed).types).toEqual(['announce', 'stop-timer', 'say-hello', 'start-timer'])
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
      { type: 'close-socket' },
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
      { type: 'drop-socket' },
      setTime,
      { type: 'connect' },
      { type: 'start-timer', timer: 'handshake', ms: 10_000 },
    ])
  })

  test('that is wrong again right after is not asked about in a loop', () => {
    const { state, effects } = play(start, opened, wrong, opened, wrong)
    expect(state.phase).toBe('resting')
    expect(effects).toContainEqual(setTime)
    expect(effects).toContainEqual(retryIn(10_000))
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

describe('coming back', () => {
  test('[R24] a lost link is announced once, and tried again', () => {
    const first = play(...up, lost)
    expect(first.types).toEqual(['stop-timers', 'drop-socket', 'announce', 'warn', 'start-timer'])
    expect(first.effects).toContainEqual(retryIn(1_000))
    expect(play(...up, lost, timer('retry'), lost).types).not.toContain('announce')
  })

  test.each<[string, LinkEvent[]]>([
    ['the connection fails', [start, lost]],
    ['nobody answers the handshake', [start, timer('handshake')]],
    ['the socket closes before welcome', [start, opened, lost]],
    ['hello is not answered', [start, opened, timer('welcome')]],
    ['hello is answered with an error that may pass', [start, opened, complaint('internal')]],
    ['the handshake is answered with HTTP 500', [start, refused(500)]],
  ])('it is tried again when %s', (_, events) => {
    const { state, effects } = play(...events)
    expect(state).toMatchObject({ phase: 'resting', attempt: 1 })
    expect(effects).toContainEqual(retryIn(1_000))
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

test('once stopped, nothing is heard and nothing is done', () => {
  const stopped = play(...up, { type: 'stop' })
  expect(stopped.types).toEqual(['stop-timers', 'close-socket'])
  for (const event of [start, opened, welcomed, lost, timer('retry'), conditions('busy')]) {
    expect(play(...up, { type: 'stop' }, event).effects).toEqual([])
  }
})
