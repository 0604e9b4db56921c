import { expect, it } from 'vitest'
import type { Watch } from '../../../protocol/operations.ts'
import { en } from '../../text/en.ts'
import { PANELS_EN } from '../../text/panels-en.ts'
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
    'under 1 min · The camera disconnected before the picture started',
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
