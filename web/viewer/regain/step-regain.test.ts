import { describe, expect, it } from 'vitest'
import type { Around, RegainEvent, Regaining, RegainState } from './regain-state.ts'
import { STEADY_MS, stepRegain } from './step-regain.ts'

const NOW = 1_000_000
const AROUND: Around = { now: NOW, linkUp: true, looked: true, camera: 'online' }
const NOBODY: Around = { ...AROUND, looked: false }
const NO_LINK: Around = { ...AROUND, linkUp: false }
const camera = (state: Around['camera']): Around => ({ ...AROUND, camera: state })

const OFF: RegainState = { phase: 'off' }
const HOLDING: RegainState = { phase: 'holding', call: 'first', since: NOW - STEADY_MS, tries: 0 }
const lost = (phase: Regaining['phase'], why: Regaining['why'] = 'broke-off', tries = 0): Regaining => ({
  phase,
  lost: 'first',
  why,
  tries,
})
const CALLING = lost('calling')
const RESTING = lost('resting', 'broke-off', 2)
const over = (ending: Extract<RegainEvent, { type: 'over' }>['ending']): RegainEvent => ({
  type: 'over',
  ending,
})

/** What it comes to, in short: its phase, why, how many tries, and what is done. */
function outcome(state: RegainState, event: RegainEvent, around: Around = AROUND): string {
  const step = stepRegain(state, event, around)
  const { state: next } = step
  const words = 'lost' in next ? [next.phase, next.why, next.tries] : [next.phase]
  const done = step.effects.filter(({ type }) => type !== 'stop-rest').map(inShort)
  return [...words, ...done].join(' ')
}

function inShort(effect: ReturnType<typeof stepRegain>['effects'][number]): string {
  if (effect.type === 'place') return `> place for ${effect.replaces}`
  return effect.type === 'release' ? `> ${effect.reason}` : `> ${effect.type}`
}

type Row = readonly [string, RegainState, RegainEvent, Around, string]

const ROWS: readonly Row[] = [
  // A picture that was there is called again, at once.
  ['lost', HOLDING, over('lost'), AROUND, 'calling broke-off 0 > place for first'],
  ['lost, the camera busy', HOLDING, over('lost'), camera('busy'), 'calling broke-off 0 > place for first'],
  [
    'lost soon after it came',
    { ...HOLDING, since: NOW - 1, tries: 2 },
    over('lost'),
    AROUND,
    'resting broke-off 2 > rest',
  ],
  [
    'lost soon after it came, and often before',
    { ...HOLDING, since: NOW - 1, tries: 9 },
    over('lost'),
    AROUND,
    'resting broke-off 2 > rest',
  ],
  ['over for good', HOLDING, over('final'), AROUND, 'off'],
  ['never there', OFF, over('lost'), AROUND, 'off'],
  // What the next call needs is waited for.
  ['lost, no link', HOLDING, over('lost'), NO_LINK, 'waiting no-link 0'],
  ['lost, the camera offline', HOLDING, over('lost'), camera('offline'), 'waiting camera-away 0 > rest-long'],
  [
    'lost, the camera unreachable',
    HOLDING,
    over('lost'),
    camera('unreachable'),
    'waiting camera-away 0 > rest-long',
  ],
  ['lost, nobody looks', HOLDING, over('lost'), NOBODY, 'waiting elsewhere 0'],
  ['lost, the camera removed', HOLDING, over('lost'), camera('removed'), 'off'],
  ['the link is back', lost('waiting', 'no-link'), { type: 'link' }, AROUND, CALLED('broke-off')],
  ['the link is not', lost('waiting', 'no-link'), { type: 'link' }, NO_LINK, 'waiting no-link 0'],
  [
    'the camera is back',
    lost('waiting', 'camera-away', 3),
    { type: 'presence' },
    AROUND,
    CALLED('camera-away'),
  ],
  [
    'the camera is back, and busy',
    lost('waiting', 'camera-away'),
    { type: 'presence' },
    camera('busy'),
    CALLED('camera-away'),
  ],
  [
    'the camera is not',
    lost('waiting', 'camera-away'),
    { type: 'presence' },
    camera('unreachable'),
    'waiting camera-away 0 > rest-long',
  ],
  [
    'nobody said that it is',
    lost('waiting', 'camera-away'),
    { type: 'rested' },
    camera('offline'),
    CALLED('camera-away'),
  ],
  ['somebody looks', lost('waiting', 'elsewhere'), { type: 'look' }, AROUND, CALLED('elsewhere')],
  ['the link is back unseen', lost('waiting', 'elsewhere'), { type: 'link' }, NOBODY, 'waiting elsewhere 0'],
  // A call that brought no picture is made again, with pauses.
  ['failed', CALLING, over('lost'), AROUND, 'resting broke-off 1 > rest'],
  ['failed, busy', CALLING, over('busy'), AROUND, 'resting camera-busy 4 > rest'],
  ['failed, away', CALLING, over('away'), AROUND, 'resting camera-away 1 > rest'],
  ['failed, away as is known', CALLING, over('away'), camera('offline'), 'waiting camera-away 1 > rest-long'],
  ['failed for good', CALLING, over('final'), AROUND, 'off'],
  ['failed, no link', CALLING, over('lost'), NO_LINK, 'waiting no-link 1'],
  ['rested', RESTING, { type: 'rested' }, AROUND, 'calling broke-off 2 > place for first'],
  ['the network changed', RESTING, { type: 'network' }, AROUND, CALLED('broke-off')],
  ['the link is lost', RESTING, { type: 'link' }, NO_LINK, 'waiting no-link 0'],
  ['the camera goes', RESTING, { type: 'presence' }, camera('offline'), 'waiting camera-away 0 > rest-long'],
  ['another camera says something', RESTING, { type: 'presence' }, AROUND, 'resting broke-off 2'],
  ['a place is free', lost('resting', 'camera-busy', 5), { type: 'presence' }, AROUND, CALLED('camera-busy')],
  [
    'no place is free',
    lost('resting', 'camera-busy', 5),
    { type: 'presence' },
    camera('busy'),
    'resting camera-busy 5',
  ],
  ['it plays', CALLING, { type: 'picture', call: 'second' }, AROUND, 'holding'],
  ['it plays on', HOLDING, { type: 'picture', call: 'first' }, AROUND, 'holding'],
  ['a first picture', OFF, { type: 'picture', call: 'first' }, AROUND, 'holding'],
  // Nobody looks.
  ['nobody looks', HOLDING, { type: 'look' }, NOBODY, 'waiting elsewhere 0 > viewer-away'],
  ['nobody looks, calling', CALLING, { type: 'look' }, NOBODY, 'waiting elsewhere 0 > viewer-away'],
  ['nobody looks, resting', RESTING, { type: 'look' }, NOBODY, 'waiting elsewhere 0'],
  ['nobody looks, nothing lost', OFF, { type: 'look' }, NOBODY, 'off'],
  [
    'nobody looks when it comes',
    OFF,
    { type: 'picture', call: 'first' },
    NOBODY,
    'waiting elsewhere 0 > viewer-away',
  ],
  ['somebody looks on', HOLDING, { type: 'look' }, AROUND, 'holding'],
  // The person, and the page.
  ['the person leaves, holding', HOLDING, { type: 'left' }, AROUND, 'off'],
  ['the person leaves, resting', RESTING, { type: 'left' }, AROUND, 'off'],
  ['the person calls', RESTING, { type: 'placed' }, AROUND, 'calling broke-off 2'],
  ['the person calls a first time', OFF, { type: 'placed' }, AROUND, 'off'],
  ['put away', HOLDING, { type: 'put-away' }, AROUND, 'waiting reloaded 0 > viewer-left'],
  ['put away, calling', CALLING, { type: 'put-away' }, AROUND, 'waiting reloaded 0 > viewer-left'],
  ['put away, resting', RESTING, { type: 'put-away' }, AROUND, 'waiting reloaded 0'],
  ['reloaded', OFF, { type: 'kept', call: 'first' }, AROUND, CALLED('reloaded')],
  ['reloaded, no link yet', OFF, { type: 'kept', call: 'first' }, NO_LINK, 'waiting reloaded 0'],
  ['reloaded, not listed', OFF, { type: 'kept', call: 'first' }, camera('unknown'), 'waiting reloaded 0'],
  ['reloaded, not believed', OFF, { type: 'kept', call: 'first' }, camera('barred'), 'off'],
  ['reloaded, playing already', HOLDING, { type: 'kept', call: 'first' }, AROUND, 'holding'],
]

function CALLED(why: Regaining['why']): string {
  return `calling ${why} 0 > place for first`
}

describe('[R48] getting a picture back', () => {
  it.each(ROWS)('%s', (_name, state, event, around, expected) => {
    expect(outcome(state, event, around)).toBe(expected)
  })

  it('takes a picture that lasted for a success, and a short one for one more try', () => {
    const short = stepRegain({ ...CALLING, tries: 1 }, { type: 'picture', call: 'second' }, AROUND).state
    expect(outcome(short, over('lost'))).toBe('resting broke-off 2 > rest')
    expect(outcome(short, over('lost'), { ...AROUND, now: NOW + STEADY_MS })).toBe(
      'calling broke-off 0 > place for second',
    )
  })
})
