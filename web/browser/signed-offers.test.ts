import { createHash, webcrypto } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { DEVICE_TOKEN_TYPE } from '../../protocol/device-token.ts'
import { thumbprintInput } from '../../protocol/jws.ts'
import { fingerprintsOf, OFFER_TYPE } from '../../protocol/offer-statement.ts'
import { type Verdict, verifyOfferWith } from '../viewer/call/verify-offer.ts'
import { type Household, household } from '../viewer/testing/household.ts'
import { candidate } from '../viewer/testing/samples.ts'
import { type SigningDevice, signingDevice } from '../viewer/testing/signing.ts'
import { signatureCrypto } from './signature-crypto.ts'

const NATIVE = webcrypto.subtle as SubtleCrypto
/** A browser of before 2025: no Ed25519 in its WebCrypto. */
const WITHOUT_ED25519 = {
  digest: (algorithm: string, data: BufferSource) => NATIVE.digest(algorithm, data),
  importKey: () => Promise.reject(new DOMException('Unrecognized name.', 'NotSupportedError')),
} as unknown as SubtleCrypto

const FINGERPRINT = `sha-256 ${Array(32).fill('AB').join(':')}`
const OTHER_FINGERPRINT = `sha-256 ${Array(32).fill('CD').join(':')}`
const SESSION = ['v=0', 'o=- 1 2 IN IP4 127.0.0.1', 's=-', 't=0 0', 'a=group:BUNDLE 0']
const MEDIA = ['m=video 9 UDP/TLS/RTP/SAVPF 96', 'c=IN IP4 0.0.0.0', 'a=mid:0', 'a=setup:actpass']
const line = (fingerprint: string) => `a=fingerprint:${fingerprint}`
const text = (...lines: readonly string[]) => `${lines.join('\r\n')}\r\n`
const SDP = text(...SESSION, ...MEDIA, line(FINGERPRINT))

const device = signingDevice()
const other = signingDevice()
const CAMERA = `${device.id}.porch`

/** What a host says of an offer: by default of the very one. */
function signed(
  call: string,
  over: { camera?: string; sdp?: string; by?: SigningDevice; typ?: string } = {},
) {
  const { camera = CAMERA, sdp = SDP } = over
  const statement = { call, camera, fingerprints: fingerprintsOf(sdp), digest: digestOf(sdp) }
  return (over.by ?? device).sign(over.typ ?? OFFER_TYPE, statement)
}

const digestOf = (sdp: string) => createHash('sha256').update(sdp).digest('base64url')
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** An offer as somebody in between would hand it on. */
interface Forgery {
  readonly sdp?: string
  readonly signature?: string | undefined
}

const ATTACKS: Record<string, (call: string) => Forgery> = {
  'a swapped fingerprint': (call) => ({
    sdp: SDP.replace(FINGERPRINT, OTHER_FINGERPRINT),
    signature: signed(call),
  }),
  'a second fingerprint, of the session': (call) => ({
    sdp: text(...SESSION, line(OTHER_FINGERPRINT), ...MEDIA, line(FINGERPRINT)),
    signature: signed(call),
  }),
  'a second fingerprint, of the medium': (call) => ({
    sdp: text(...SESSION, ...MEDIA, line(FINGERPRINT), line(OTHER_FINGERPRINT)),
    signature: signed(call),
  }),
  'a second fingerprint by another hash': (call) => ({
    sdp: text(...SESSION, ...MEDIA, line(FINGERPRINT), line(OTHER_FINGERPRINT.replace('256', '512'))),
    signature: signed(call),
  }),
  'a second fingerprint in a form of its own': (call) => ({
    sdp: text(...SESSION, ...MEDIA, line(FINGERPRINT), `a=fingerprint: ${OTHER_FINGERPRINT} x`),
    signature: signed(call),
  }),
  ...Object.fromEntries(
    // Firefox skips what stands before an attribute's name (sdp_parse_attribute): to it these are fingerprints.
    ['a=:fingerprint:', 'a=::fingerprint:', 'a=: fingerprint:', 'a=:\tFingerPrint:', 'a=:fingerprint '].map(
      (odd) => [
        `a second fingerprint that only some browsers read: ${JSON.stringify(odd)}`,
        (call: string) => ({ sdp: `${SDP}${odd}${OTHER_FINGERPRINT}\r\n`, signature: signed(call) }),
      ],
    ),
  ),
  'anything else changed': (call) => ({ sdp: SDP.replace('s=-', 's=x'), signature: signed(call) }),
  'no fingerprint at all': (call) => {
    const sdp = text(...SESSION, ...MEDIA)
    return { sdp, signature: signed(call, { sdp }) }
  },
  'a swapped signature': (call) => {
    const [header, payload] = signed(call).split('.')
    const [, , stranger] = other.seal(`${header}.${payload}`).split('.')
    return { signature: `${header}.${payload}.${stranger}` }
  },
  'the signature of another call': () => ({ signature: signed('b'.repeat(22)) }),
  'the signature of another camera': (call) => ({
    signature: signed(call, { camera: `${device.id}.garden` }),
  }),
  'a signature by another device’s key': (call) => ({ signature: signed(call, { by: other }) }),
  'another device’s key under the name of this one': (call) => ({
    signature: other.seal(`${signed(call).split('.').slice(0, 2).join('.')}`),
  }),
  'a replayed old offer': () => ({ sdp: SDP, signature: signed('a'.repeat(22)) }),
  'no signature': () => ({ signature: undefined }),
  'an empty signature': (call) => ({ signature: `${signed(call).split('.').slice(0, 2).join('.')}.` }),
  'alg none': (call) => {
    const header = encode({ alg: 'none', typ: OFFER_TYPE, jwk: device.jwk })
    return { signature: device.seal(`${header}.${signed(call).split('.')[1]}`) }
  },
  'a member in the header that nobody asked for': (call) => {
    const header = encode({ alg: 'EdDSA', typ: OFFER_TYPE, jwk: device.jwk, crit: ['b64'], b64: false })
    return { signature: device.seal(`${header}.${signed(call).split('.')[1]}`) }
  },
  'a tampered payload': (call) => {
    const [header, , signature] = signed(call).split('.')
    const fingerprints = [OTHER_FINGERPRINT.toUpperCase().replace('SHA', 'sha')]
    const sdp = SDP.replace(FINGERPRINT, OTHER_FINGERPRINT)
    const payload = encode({ call, camera: CAMERA, fingerprints, digest: digestOf(sdp) })
    return { sdp, signature: `${header}.${payload}.${signature}` }
  },
  'a device token used as signature': (call) => ({ signature: signed(call, { typ: DEVICE_TOKEN_TYPE }) }),
  'a key that is no point of the curve': (call) => {
    const x = Buffer.alloc(32, 2).toString('base64url')
    const header = encode({ alg: 'EdDSA', typ: OFFER_TYPE, jwk: { ...device.jwk, x } })
    return { signature: device.seal(`${header}.${signed(call).split('.')[1]}`) }
  },
}

describe.each([
  ['native Ed25519', NATIVE],
  ['a browser without it', WITHOUT_ED25519],
])('[R42] with %s', (_name, subtle) => {
  let home: Household
  let verdict: Promise<Verdict>
  beforeEach(() => {
    home = household()
    home.known.add(device.id)
    const verify = verifyOfferWith(signatureCrypto(subtle))
    home.verdicts.use((offer, report) => {
      verdict = new Promise((resolve) => {
        verify(offer, (given) => {
          report(given)
          resolve(given)
        })
      })
    })
    home.start()
    home.viewer.call(CAMERA)
  })

  async function hand({ sdp = SDP, signature }: Forgery): Promise<void> {
    const { call } = home
    home.cloud.say({ type: 'offer', call, sdp, candidates: [candidate(1)], ...(signature && { signature }) })
    expect(home.peers.last.told).toEqual([])
    await verdict
  }

  it('an offer that the camera’s device has signed is applied, and not before', async () => {
    await hand({ signature: signed(home.call) })
    expect(home.peers.last.told).toEqual([`offer ${SDP}`, candidate(1).candidate])
    expect(home.state(CAMERA).phase).toBe('answering')
  })

  it('one with a fingerprint for the session and one for each medium is as good', async () => {
    const sdp = text(...SESSION, line(FINGERPRINT), ...MEDIA, line(OTHER_FINGERPRINT.toLowerCase()))
    await hand({ sdp, signature: signed(home.call, { sdp }) })
    expect(home.state(CAMERA).phase).toBe('answering')
  })

  it.each(Object.keys(ATTACKS))('%s is never applied, and told to the host and its owner', async (attack) => {
    await hand(ATTACKS[attack]?.(home.call) ?? {})
    expect(home.peers.last.told).toEqual(['close'])
    expect(home.state(CAMERA)).toMatchObject({ phase: 'failed', failure: { code: 'offer-not-genuine' } })
    expect(home.cloud.of('hangup')).toMatchObject([{ call: home.call, reason: 'offer-not-genuine' }])
    expect(home.cloud.of('answer')).toEqual([])
  })

  it('any single bit of the signature counts', async () => {
    const verify = verifyOfferWith(signatureCrypto(subtle))
    const good = signed(home.call)
    const [header, payload, signature = ''] = good.split('.')
    for (const at of [0, 7, 31, 32, 45, 63]) {
      const bytes = Buffer.from(signature, 'base64url')
      bytes[at] = (bytes[at] ?? 0) ^ 1
      const forged = `${header}.${payload}.${bytes.toString('base64url')}`
      const offer = { call: home.call, camera: CAMERA, sdp: SDP, signature: forged }
      const given = await new Promise<Verdict>((resolve) => verify(offer, resolve))
      expect(given).toEqual({ kind: 'not-genuine' })
    }
  })
})

it('a device’s id is the thumbprint of its key', async () => {
  const crypto = signatureCrypto(NATIVE)
  const hash = await crypto.sha256(new TextEncoder().encode(thumbprintInput(device.jwk)))
  expect(Buffer.from(hash).toString('base64url')).toBe(device.id)
})
