import { describe, expect, it } from 'vitest'
import { oldStyleOffer } from './old-style-offer.ts'

const TODAY = [
  'v=0',
  'a=group:BUNDLE 0',
  'a=extmap-allow-mixed',
  'm=video 9 UDP/TLS/RTP/SAVPF 96 97 39 40 98 99 100 125',
  'a=mid:0',
  'a=msid:uv4l track',
  'a=rtpmap:96 VP8/90000',
  'a=rtcp-fb:96 nack pli',
  'a=rtpmap:97 rtx/90000',
  'a=fmtp:97 apt=96',
  'a=rtpmap:39 AV1/90000',
  'a=rtpmap:40 rtx/90000',
  'a=fmtp:40 apt=39',
  'a=rtpmap:98 VP9/90000',
  'a=fmtp:98 profile-id=0',
  'a=rtpmap:99 rtx/90000',
  'a=fmtp:99 apt=98',
  'a=rtpmap:100 VP9/90000',
  'a=fmtp:100 profile-id=2',
  'a=rtpmap:125 red/90000',
  'a=ssrc:7 cname:x',
  'a=ssrc:7 msid:uv4l track',
  '',
].join('\r\n')

describe('old-style offer', () => {
  it('names its section, its stream and its codecs as the older library did', () => {
    expect(oldStyleOffer(TODAY).split('\r\n')).toEqual([
      'v=0',
      'a=group:BUNDLE video',
      'm=video 9 UDP/TLS/RTP/SAVPF 96 97 98 99',
      'a=mid:video',
      'a=rtpmap:96 VP8/90000',
      'a=rtcp-fb:96 nack pli',
      'a=rtpmap:97 rtx/90000',
      'a=fmtp:97 apt=96',
      'a=rtpmap:98 VP9/90000',
      'a=fmtp:98 profile-id=0',
      'a=rtpmap:99 rtx/90000',
      'a=fmtp:99 apt=98',
      'a=ssrc:7 cname:x',
      'a=ssrc:7 msid:uv4l track',
      'a=ssrc:7 mslabel:uv4l',
      'a=ssrc:7 label:track',
      '',
    ])
  })
})
