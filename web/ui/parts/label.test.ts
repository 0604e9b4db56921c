import { expect, it } from 'vitest'
import { readLabel } from './label.ts'

it('takes a name as it is written, markup included, without blanks around it', () => {
  expect(readLabel('  Home  of Anna ')).toBe('Home of Anna')
  expect(readLabel('<b>Home</b>')).toBe('<b>Home</b>')
  expect(readLabel('玄関')).toBe('玄関')
})

it.each([
  ['nothing', '   '],
  ['too much', 'x'.repeat(65)],
  ['a character that turns the text around', 'Home\u202e'],
])('takes %s for no name', (_title, written) => {
  expect(readLabel(written)).toBeNull()
})
