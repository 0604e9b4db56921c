import { expect, it } from 'vitest'
import { fromBase64url, toBase64url } from './base64url.ts'

it('reads what it writes, as Node does', () => {
  for (let length = 0; length < 70; length += 1) {
    const bytes = Uint8Array.from({ length }, (_, at) => (at * 37 + length) % 256)
    expect(toBase64url(bytes)).toBe(Buffer.from(bytes).toString('base64url'))
    expect(fromBase64url(toBase64url(bytes))).toEqual(bytes)
  }
})

it.each(['a+b=', 'a b', 'あ', 'aaaaa', '===='])('refuses %j', (text) => {
  expect(fromBase64url(text)).toBeNull()
})
