import { expect, test } from 'vitest'
import { startAtBitrate } from './start-bitrate.ts'

const AUDIO = 'm=audio 9 RTP/SAVPF 111\r\na=rtpmap:111 opus/48000/2\r\na=fmtp:111 minptime=10\r\n'
const answer = (lines: string) =>
  `v=0\r\n${AUDIO}m=video 9 UDP/TLS/RTP/SAVPF 96 98\r\n${lines}a=rtpmap:98 VP9/90000\r\na=fmtp:98 profile-id=0\r\n`

test('the codec that is sent gets a bitrate to begin at, the others stay as they are', () => {
  expect(startAtBitrate(answer('a=rtpmap:96 VP8/90000\r\n'))).toBe(
    answer('a=rtpmap:96 VP8/90000\r\na=fmtp:96 x-google-start-bitrate=600\r\n'),
  )
})

test('what the codec has been told already stays', () => {
  const before = 'a=rtpmap:96 H264/90000\r\na=fmtp:96 packetization-mode=1;profile-level-id=42e01f'
  expect(startAtBitrate(answer(`${before}\r\n`))).toBe(answer(`${before};x-google-start-bitrate=600\r\n`))
})

test.each(['v=0\r\n', `v=0\r\n${AUDIO}`, 'v=0\r\nm=video 0 RTP/SAVPF 96\r\n'])(
  'an answer without a picture stays as it is',
  (sdp) => {
    expect(startAtBitrate(sdp)).toBe(sdp)
  },
)
