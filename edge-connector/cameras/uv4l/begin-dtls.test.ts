import { expect, test } from 'vitest'
import { beginDtlsAtCamera } from './begin-dtls.ts'

test('every section that leaves it open who begins is left to the camera', () => {
  const sdp =
    'v=0\r\nm=video 9 X 96\r\na=setup:actpass\r\na=mid:video\r\nm=audio 9 X 0\r\na=setup:actpass\r\n'
  expect(beginDtlsAtCamera(sdp)).toBe(sdp.replaceAll('actpass', 'active'))
})

test.each(['a=setup:passive', 'a=setup:active', 'a=setup:actpassive', 'a=note:a=setup:actpass'])(
  '%s stays as it is',
  (line) => {
    expect(beginDtlsAtCamera(`v=0\r\n${line}\r\n`)).toBe(`v=0\r\n${line}\r\n`)
  },
)
