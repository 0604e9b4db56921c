import { describe, expect, test } from 'vitest'
import { down, full, gone, leave, life, play, type RoomRow, timer, up } from '../testing/play-waiting-room.ts'
import { ANSWER_HOLDS_MS } from './step-waiting-room.ts'

describe('[R49] several callers', () => {
  test.each<RoomRow>([
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
