import { describe, expect, test } from 'vitest'
import type { IncomingCall } from '../../protocol/call.ts'
import { ANSWER_HOLDS_MS, stepWaitingRoom } from './step-waiting-room.ts'
import { EMPTY_ROOM, type RoomEffect, type RoomEvent, type WaitingRoom } from './waiting-room.ts'

const message = (call: string, over: Partial<IncomingCall> = {}): IncomingCall => ({
  ...{ type: 'call', call, camera: 'porch', who: call, role: 'viewer' },
  ...over,
})
const busy = (call: string) => ({ type: 'error', code: 'camera-busy', call }) as const
const full = (call: string, sitters: string, over: Partial<IncomingCall> = {}): RoomEvent => ({
  ...{ type: 'full', message: message(call, over), answer: busy(call), sitters: sitters.split(' ') },
})
const life = (call: string): RoomEvent => ({ type: 'life', call })
const gone = (call: string): RoomEvent => ({ type: 'gone', call })
const leave = (call: string): RoomEvent => ({ type: 'leave', call })
const up: RoomEvent = { type: 'link', up: true }
const down: RoomEvent = { type: 'link', up: false }
const timer: RoomEvent = { type: 'timer', timer: 'answers' }
const inWords = (effect: { readonly type: string }): string => {
  const known = effect as RoomEffect | { type: 'start-timer'; ms: number } | { type: 'stop-timer' }
  switch (known.type) {
    case 'admit':
      return `admit ${known.message.call}`
    case 'refuse':
      return `refuse ${known.message.call} ${'code' in known.answer ? known.answer.code : known.answer.reason}`
    case 'start-timer':
      return `timer ${known.ms}`
    case 'stop-timer':
      return 'no timer'
    default:
      return `${known.type} ${known.call}`
  }
}

/** What each event leads to, at the time before it. */
function play(script: readonly (readonly [number, RoomEvent])[]) {
  let room: WaitingRoom = { ...EMPTY_ROOM, linkUp: true }
  let effects: string[] = []
  for (const [now, event] of script) {
    const step = stepWaitingRoom(room, event, now)
    room = step.state
    effects = step.effects.map(inWords)
  }
  const questions = [...room.questions].map(([call, { kind }]) => `${call} ${kind}`)
  return { effects, questions, waiting: room.waiters.map((waiter) => waiter.message.call) }
}

type Row = readonly [string, readonly (readonly [number, RoomEvent])[], readonly string[], string]

describe('[R49] a caller at a full camera', () => {
  test.each<Row>([
    ['goes in when there is room', [[0, message('x')]], ['admit x'], ''],
    ['makes the host ask who sits there', [[0, full('x', 'a b')]], ['ask a', 'ask b', 'timer 1500'], 'x'],
    [
      'waits for the second when the first has answered',
      [
        [0, full('x', 'a b')],
        [9, life('a')],
      ],
      ['timer 1491'],
      'x',
    ],
    [
      'is refused at once when all have answered',
      [
        [0, full('x', 'a b')],
        [9, life('a')],
        [9, life('b')],
      ],
      ['refuse x camera-busy', 'no timer'],
      '',
    ],
    [
      'has the silent ones asked once more',
      [
        [0, full('x', 'a b')],
        [9, life('a')],
        [1_500, timer],
      ],
      ['ask b', 'timer 1500'],
      'x',
    ],
    [
      'has who is silent for 3 s hung up',
      [
        [0, full('x', 'a b')],
        [9, life('a')],
        [1_500, timer],
        [3_000, timer],
      ],
      ['hang-up b', 'no timer'],
      'x',
    ],
    [
      'goes in when the place is free',
      [
        [0, full('x', 'a')],
        [1_500, timer],
        [3_000, timer],
        [3_000, gone('a')],
      ],
      ['admit x', 'no timer'],
      '',
    ],
    [
      'goes in as soon as a sitter leaves by itself',
      [
        [0, full('x', 'a b')],
        [50, gone('b')],
      ],
      ['admit x', 'timer 1450'],
      '',
    ],
    [
      'may leave, and nobody is hung up for nobody',
      [
        [0, full('x', 'a')],
        [50, leave('x')],
        [1_500, timer],
        [3_000, timer],
      ],
      ['no timer'],
      '',
    ],
    [
      'who comes again meanwhile is no second one',
      [
        [0, full('x', 'a')],
        [50, message('x')],
      ],
      [],
      'x',
    ],
    [
      'is not asked about by another viewer, or for another camera',
      [
        [0, full('x', 'a')],
        [50, message('x', { who: 'y' })],
      ],
      ['refuse x call-taken'],
      'x',
    ],
    [
      'is told when the right is over by now',
      [
        [0, full('x', 'a', { leftMs: 60 })],
        [60, message('x')],
      ],
      ['admit x', 'timer 1440'],
      '',
    ],
  ])('%s', (_, script, effects, waiting) => {
    const played = play(script)
    expect(played.effects).toEqual(effects)
    expect(played.waiting.join(' ')).toBe(waiting)
  })

  test('has as much of the right left as was left when it came, less the wait', () => {
    const room = { ...EMPTY_ROOM, linkUp: true }
    const waiting = stepWaitingRoom(room, full('x', 'a', { leftMs: 5_000 }), 0).state
    const { effects } = stepWaitingRoom(waiting, gone('a'), 2_000)
    expect(effects[0]).toEqual({ type: 'admit', message: message('x', { leftMs: 3_000 }) })
    const late = stepWaitingRoom(waiting, gone('a'), 6_000)
    expect(late.effects[0]).toEqual({ type: 'admit', message: message('x', { leftMs: 0 }) })
  })
})

describe('[R49] several callers', () => {
  test.each<Row>([
    [
      'wait for the same question',
      [
        [0, full('x', 'a')],
        [1_000, full('y', 'a')],
      ],
      ['timer 500'],
      'x y',
    ],
    [
      'are refused together',
      [
        [0, full('x', 'a')],
        [1, full('y', 'a')],
        [2, life('a')],
      ],
      ['refuse x camera-busy', 'refuse y camera-busy', 'no timer'],
      '',
    ],
    [
      'are tried in the order in which they came; who waits for somebody else keeps waiting',
      [
        [0, full('x', 'a')],
        [1, full('z', 'b')],
        [2, full('y', 'a')],
        [3, gone('a')],
      ],
      ['admit x', 'admit y', 'timer 1498'],
      'z',
    ],
    [
      'are answered by an answer that is fresh',
      [
        [0, full('x', 'a')],
        [10, life('a')],
        [10 + ANSWER_HOLDS_MS - 1, full('y', 'a')],
      ],
      ['refuse y camera-busy', 'no timer'],
      '',
    ],
    [
      'have it asked again when the answer is old',
      [
        [0, full('x', 'a')],
        [10, life('a')],
        [10 + ANSWER_HOLDS_MS, full('y', 'a')],
      ],
      ['ask a', 'timer 1500'],
      'y',
    ],
    [
      'who come and go do not have it asked each time',
      [
        [0, full('x', 'a')],
        [1, leave('x')],
        [2, full('y', 'a')],
        [3, leave('y')],
      ],
      ['timer 1497'],
      '',
    ],
  ])('%s', (_, script, effects, waiting) => {
    const played = play(script)
    expect(played.effects).toEqual(effects)
    expect(played.waiting.join(' ')).toBe(waiting)
  })
})

describe('[R49] while the link to the cloud is down', () => {
  test('nobody is asked, and nobody’s time runs', () => {
    expect(
      play([
        [0, down],
        [1, full('x', 'a')],
      ]),
    ).toEqual({
      ...{ effects: ['no timer'], questions: ['a unasked'], waiting: ['x'] },
    })
    expect(
      play([
        [0, full('x', 'a')],
        [1_000, down],
      ]),
    ).toEqual({
      ...{ effects: ['no timer'], questions: ['a unasked'], waiting: ['x'] },
    })
  })

  test('afterwards who had not answered is asked once more, with the full time', () => {
    const script = [
      [0, full('x', 'a b')],
      [1, life('b')],
      [2_900, down],
      [90_000, up],
    ] as const
    expect(play(script)).toEqual({
      effects: ['ask a', 'timer 1500'],
      questions: ['a asked', 'b answered'],
      waiting: ['x'],
    })
    expect(play([...script, [91_500, timer], [92_999, timer]]).effects).toEqual(['timer 1'])
    expect(play([...script, [91_500, timer], [93_000, timer]]).effects).toEqual(['hang-up a', 'no timer'])
  })
})

test('what is known of a sitter goes with it, or when it is old', () => {
  expect(
    play([
      [0, full('x', 'a')],
      [1, gone('a')],
    ]).questions,
  ).toEqual([])
  const answered = [
    [0, full('x', 'a')],
    [1, life('a')],
  ] as const
  expect(play(answered).questions).toEqual(['a answered'])
  expect(play([...answered, [1 + ANSWER_HOLDS_MS, up]]).questions).toEqual([])
})
