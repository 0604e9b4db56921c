import { expect, test } from 'vitest'
import { createFrameScanner } from './frame-scanner.ts'

/** A masked text frame, as a client sends it. */
function frame(size: number): Buffer {
  const length =
    size < 126
      ? [0x80 | size]
      : size < 65536
        ? [0xfe, size >> 8, size & 255]
        : [0xff, 0, 0, 0, 0, ...bigEndian(size)]
  return Buffer.concat([Buffer.from([0x81, ...length, 1, 2, 3, 4]), Buffer.alloc(size, 0xff)])
}

const bigEndian = (size: number) => [size >>> 24, (size >>> 16) & 255, (size >>> 8) & 255, size & 255]

test.each([0, 125, 126, 1000, 1001, 65535, 65536, 200_000])(
  'a frame of %d bytes against a limit of 1000',
  (size) => {
    expect(createFrameScanner(1000)(frame(size))).toBe(size > 1000)
  },
)

test('frames are told apart however the stream is cut', () => {
  const stream = Buffer.concat([frame(3), frame(0), frame(900), frame(1000), frame(126), frame(1001)])
  const headerEndsAt = stream.length - 1001 - 1
  for (const size of [1, 2, 7, 100, stream.length]) {
    const scan = createFrameScanner(1000)
    let found: number | undefined
    for (let at = 0; at < stream.length && found === undefined; at += size) {
      if (scan(stream.subarray(at, at + size))) found = at
    }
    expect(found).toBe(Math.floor(headerEndsAt / size) * size)
  }
})
