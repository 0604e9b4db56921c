import { expect, it } from 'vitest'
import { formatDay, formatSince } from './format-since.ts'

const at = (iso: string) => Date.parse(iso)
const NOW = at('2026-11-21T15:00:00Z')

it.each([
  ['en', '2026-11-21T14:05:00Z', '14:05'],
  ['ja', '2026-11-21T09:05:00Z', '9:05'],
  ['en', '2026-11-20T14:05:00Z', 'Nov 20, 14:05'],
  ['ja', '2026-11-20T14:05:00Z', '11月20日 14:05'],
  ['en', '2027-01-02T14:05:00Z', 'Jan 2, 2027, 14:05'],
  ['ja', '2027-01-02T14:05:00Z', '2027年1月2日 14:05'],
] as const)('in %s, %s reads %s', (language, since, expected) => {
  expect(formatSince(at(since), NOW, language, 'UTC')).toBe(expected)
})

it('takes the day where the reader is', () => {
  expect(formatSince(at('2026-11-20T16:30:00Z'), NOW, 'ja', 'Asia/Tokyo')).toBe('11月21日 1:30')
  expect(formatSince(at('2026-11-20T14:30:00Z'), at('2026-11-20T15:00:00Z'), 'en', 'UTC')).toBe('14:30')
})

it('names a day alone', () => {
  expect(formatDay(NOW, 'en', 'UTC')).toBe('Nov 21, 2026')
  expect(formatDay(NOW, 'ja', 'UTC')).toBe('2026/11/21')
})
