import { describe, expect, test } from 'vitest'
import { full, gone, leave, life, message, play, type RoomRow, timer } from '../testing/play-waiting-room.ts'
import { stepWaitingRoom } from './step-waiting-room.ts'
import { EMPTY_ROOM } from './waiting-room.ts'

describe('[R49] a caller at a full camera', () => {
  test.each<RoomRow>([
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
