import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { fingerprintsOf, statesOffer } from './offer-statement.ts'

const A = 'sha-256 AA:BB'
const B = 'sha-256 CC:DD'
const call = 'c'.repeat(22)
const camera = `${'d'.repeat(43)}.porch`
const sdp = (...lines: string[]): string => ['v=0', ...lines, ''].join('\r\n')
const digestOf = (text: string): string => createHash('sha256').update(text).digest('base64url')
/** Whether what was signed of one SDP passes for another. */
const passes = (fingerprints: string[], signed: string, came: string): boolean =>
  statesOffer(
    { call, camera, fingerprints, digest: digestOf(signed) },
    { call, camera, sdp: came, digest: digestOf(came) },
  )

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

  it('holds for that offer', () => expect(passes([A], offer, offer)).toBe(true))

  it.each([
    ['whose fingerprint was swapped', sdp('m=video', `a=fingerprint:${B}`)],
    ['that got another fingerprint beside it', sdp('m=video', `a=fingerprint:${A}`, `a=fingerprint:${B}`)],
    ['that got one in a form that only some browsers read', `${offer}a=:fingerprint:${B}\r\n`],
    ['that was changed anywhere else', offer.replace('m=video', 'm=audio')],
  ])('does not hold for one %s', (_what, came) => {
    expect(passes([A], offer, came)).toBe(false)
  })

  it('does not hold when it names other fingerprints than the offer has, or the offer has none', () => {
    expect(passes([A, B], offer, offer)).toBe(false)
    expect(passes([], sdp('m=video'), sdp('m=video'))).toBe(false)
  })

  it('does not hold for another call or camera', () => {
    const came = { call, camera, sdp: offer, digest: digestOf(offer) }
    const statement = { call, camera, fingerprints: [A], digest: digestOf(offer) }
    expect(statesOffer(statement, came)).toBe(true)
    expect(statesOffer(statement, { ...came, call: 'x'.repeat(22) })).toBe(false)
    expect(statesOffer(statement, { ...came, camera: `${camera}2` })).toBe(false)
  })
})
