import { describe, expect, it } from 'vitest'
import { fingerprintsOf, statesOffer } from './offer-statement.ts'

const A = 'sha-256 AA:BB'
const B = 'sha-256 CC:DD'
const call = 'c'.repeat(22)
const camera = `${'d'.repeat(43)}.porch`
const sdp = (...lines: string[]): string => ['v=0', ...lines, ''].join('\r\n')
const states = (fingerprints: string[], text: string): boolean =>
  statesOffer({ call, camera, fingerprints }, { call, camera, sdp: text })

describe('the fingerprints of an SDP', () => {
  it('are those of the session and of each medium, each once, in one order and spelling (RFC 8122)', () => {
    expect(
      fingerprintsOf(
        sdp('a=fingerprint:SHA-256 cc:dd', 'm=video', `a=fingerprint:${A}`, 'm=audio', `a=fingerprint:${A}`),
      ),
    ).toEqual([A, B])
  })
})

describe('[R42] what a host states of an offer', () => {
  const offer = sdp('m=video', `a=fingerprint:${A}`)

  it('holds for that offer', () => expect(states([A], offer)).toBe(true))

  it.each([
    ['whose fingerprint was swapped', [A], sdp('m=video', `a=fingerprint:${B}`)],
    [
      'that got another fingerprint beside it',
      [A],
      sdp('m=video', `a=fingerprint:${A}`, `a=fingerprint:${B}`),
    ],
    ['that got another one for the session', [A], sdp(`a=fingerprint:${B}`, 'm=video', `a=fingerprint:${A}`)],
    ['that lost one', [A, B], offer],
    ['that has none', [], sdp('m=video')],
    [
      'that has one in a form that browsers may read otherwise',
      [A],
      sdp(`a=fingerprint:${A}`, 'a=fingerprint: sha-256 CC:DD x'),
    ],
    ['that has one behind a lone carriage return', [A], `${offer}a=x\ra=fingerprint:${B}\r\n`],
    ['that has one of another hash', [A], sdp(`a=fingerprint:${A}`, 'a=fingerprint:sha-1 CC:DD')],
  ])('does not hold for one %s', (_what, fingerprints, text) => {
    expect(states(fingerprints, text)).toBe(false)
  })

  it('does not hold for another call or camera', () => {
    const statement = { call, camera, fingerprints: [A] }
    expect(statesOffer(statement, { call: 'x'.repeat(22), camera, sdp: offer })).toBe(false)
    expect(statesOffer(statement, { call, camera: `${camera}2`, sdp: offer })).toBe(false)
  })
})
