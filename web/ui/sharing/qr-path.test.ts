import { encode } from 'uqr'
import { expect, it } from 'vitest'
import { qrPath } from './qr-path.ts'

it('draws every dark module once, and no other', () => {
  const { data } = encode('https://cameras.example.org/#guest=0123456789abcdefghijkl&device=d')
  const drawn = data.map((row) => row.map(() => 0))
  for (const [, x, y, length] of qrPath(data).matchAll(/M(\d+) (\d+)h(\d+)v1h-\3z/g)) {
    for (let n = 0; n < Number(length); n += 1) {
      const row = drawn[Number(y)]
      if (row !== undefined) row[Number(x) + n] = (row[Number(x) + n] ?? 0) + 1
    }
  }
  expect(drawn).toEqual(data.map((row) => row.map(Number)))
})

it('joins neighbours of a row to one run', () => {
  expect(qrPath([[true, true, false, true], []])).toBe('M0 0h2v1h-2zM3 0h1v1h-1z')
})
