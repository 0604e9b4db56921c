import { expect, test } from 'vitest'
import { objectionTo, type TlsTrust } from './trust.ts'

const shown = { objection: 'DEPTH_ZERO_SELF_SIGNED_CERT', fingerprint256: 'AB:CD:EF' }

test.each<[string, TlsTrust, string | null, RegExp | null]>([
  ['an authority knows it', { kind: 'authorities' }, null, null],
  ['no authority knows it', { kind: 'authorities' }, 'DEPTH_ZERO_SELF_SIGNED_CERT', /not trusted/],
  ['it is the pinned one, however that is written', { kind: 'fingerprint', sha256: 'abcdef' }, 'X', null],
  ['it is another than the pinned one', { kind: 'fingerprint', sha256: 'AB:CD:00' }, 'X', /fingerprint/],
  [
    'an authority knows it, but another is pinned',
    { kind: 'fingerprint', sha256: '00' },
    null,
    /fingerprint/,
  ],
  ['any is allowed', { kind: 'any' }, 'DEPTH_ZERO_SELF_SIGNED_CERT', null],
])('a certificate is judged when %s', (_, trust, objection, verdict) => {
  const result = objectionTo(trust, { ...shown, objection })
  if (verdict === null) expect(result).toBeNull()
  else expect(result).toMatch(verdict)
})
