import { expect, it } from 'vitest'
import { ERROR_CODES } from '../../../protocol/error-codes.ts'
import { HANGUP_REASONS } from '../../../protocol/hangup.ts'
import type { Watch } from '../../../protocol/operations.ts'
import { en } from '../../text/en.ts'
import { PANELS_EN } from '../../text/panels-en.ts'
import { PANELS_JA } from '../../text/panels-ja.ts'
import { wasNotGenuine, watchLine } from './watch-line.ts'

const watch = (over: Partial<Watch>): Watch => ({
  call: 'c',
  camera: 'd.porch',
  name: 'Grandma',
  role: 'guest',
  startedAt: 0,
  ...over,
})
const line = (over: Partial<Watch>) => watchLine(en, PANELS_EN, watch(over))

it.each([
  ['one that runs', {}, 'now'],
  ['a short one', { endedAt: 20_000 }, 'under 1 min'],
  ['one that the viewer left', { endedAt: 12 * 60_000, reason: 'viewer-left' }, '12 min'],
  ['one that was taken over', { endedAt: 60_000, reason: 'taken-over' }, '1 min · an owner took over'],
  ['one with an error', { endedAt: 1, reason: 'no-path' }, `under 1 min · ${en.failures['no-path'].what}`],
  [
    'one with an ending',
    { endedAt: 1, reason: 'camera-closed' },
    'under 1 min · the camera ended the connection',
  ],
  [
    'one whose camera was switched off after minutes',
    { endedAt: 4 * 60_000, reason: 'camera-closed' },
    '4 min · the camera ended the connection',
  ],
  [
    'one whose page went out of sight, which was not this page',
    { endedAt: 60_000, reason: 'viewer-away' },
    '1 min · their page was in the background',
  ],
  ['one with a reason that is not known', { endedAt: 1, reason: 'newer' }, 'under 1 min'],
  ['one with a reason named like a method', { endedAt: 1, reason: 'constructor' }, 'under 1 min'],
] as const)('says of %s how long it was and why it ended', (_title, over, expected) => {
  expect(line(over)).toBe(expected)
})

it('[R42] tells a call that was not genuine from every other', () => {
  expect(wasNotGenuine(watch({ reason: 'offer-not-genuine' }))).toBe(true)
  expect(wasNotGenuine(watch({ reason: 'viewer-left' }))).toBe(false)
})

it.each([
  ['English', PANELS_EN],
  ['Japanese', PANELS_JA],
])(
  'what is an error before the picture and an end after it has words of its own in %s',
  (_language, panels) => {
    const both = HANGUP_REASONS.filter((reason) => Object.hasOwn(ERROR_CODES, reason))
    expect(both).toContain('camera-closed')
    expect(Object.keys(panels.history.reasons)).toEqual(expect.arrayContaining(both))
  },
)
