import { expect, it } from 'vitest'
import { pickLanguage } from './languages.ts'

it.each([
  ['the browser’s language', null, ['ja-JP', 'en'], 'ja'],
  ['the first of the browser’s that there is', null, ['fr', 'de-CH', 'JA', 'en'], 'ja'],
  ['English when there is none of them', null, ['fr', 'jam'], 'en'],
  ['English when the browser says nothing', null, [], 'en'],
  ['the one chosen before', 'en', ['ja'], 'en'],
  ['the browser’s when what was kept is no language', 'constructor', ['ja'], 'ja'],
])('takes %s', (_title, chosen, preferred, expected) => {
  expect(pickLanguage(chosen, preferred)).toBe(expected)
})
