import { expect, test } from 'vitest'
import { frameForLog } from './frame-for-log.ts'

test.each([
  ['{"type":"offer","signature":"aa.bb.cc","sdp":"v=0"}', '{"type":"offer","signature":"…","sdp":"v=0"}'],
  ['{"ask":{"op":"start-pairing","codeHash":"xyz"}}', '{"ask":{"op":"start-pairing","codeHash":"…"}}'],
  ['{"signature" : "aa.bb', '{"signature" : "…'],
  ['{"type":"alive"}', '{"type":"alive"}'],
])('%s is logged as %s', (frame, logged) => {
  expect(frameForLog(frame)).toBe(logged)
})
