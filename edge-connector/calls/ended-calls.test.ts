import { expect, test } from 'vitest'
import { EndedCalls } from './ended-calls.ts'

const ending = (call: string) => ({ type: 'hangup', call, reason: 'viewer-left' }) as const

test('[R18] an ended call is remembered for ten minutes', () => {
  const ended = new EndedCalls()
  ended.add(ending('a'), 0)
  expect(ended.find('a', 599_999)).toEqual(ending('a'))
  expect(ended.find('a', 600_000)).toBeUndefined()
  expect(ended.find('b', 0)).toBeUndefined()
})

test('no more than 200 are remembered, the latest ones', () => {
  const ended = new EndedCalls()
  for (let at = 0; at < 1_000; at += 1) ended.add(ending(`call-${at}`), at)
  expect(ended.find('call-799', 1_000)).toBeUndefined()
  expect(ended.find('call-800', 1_000)).toBeDefined()
  expect(ended.find('call-999', 1_000)).toBeDefined()
})

test('[R48] an end that one viewer said of a call not heard of yet is nobody else’s', () => {
  const ended = new EndedCalls()
  const own = { who: 'a', camera: 'porch' }
  ended.add(ending('a'), 0, own)
  expect(ended.find('a', 0, own)).toEqual(ending('a'))
  expect(ended.find('a', 0)).toEqual(ending('a'))
  expect(ended.find('a', 0, { ...own, who: 'b' })).toBeUndefined()
  expect(ended.find('a', 0, { ...own, camera: 'garden' })).toBeUndefined()
})
