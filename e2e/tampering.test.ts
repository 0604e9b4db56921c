import type { Browser, Page, WebSocketRoute } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Offer } from '../protocol/description.ts'
import { en } from '../web/text/en.ts'
import { expectMoving, expectState, tileOf, watch } from './camera-tile.ts'
import { launchChromium } from './chromium.ts'
import { makeDeviceKey } from './device-credential.ts'
import { type MihariProcess, spawnMihari } from './mihari-process.ts'
import { readHistory } from './share-sheet.ts'
import { openSignedIn } from './signed-in-page.ts'
import { socketAddress } from './wire-client.ts'

declare global {
  interface Window {
    /** How often a description of a camera was handed to the browser's WebRTC. */
    applied: number
  }
}

let mihari: MihariProcess
let browser: Browser
let page: Page
/** What a hostile cloud makes of an offer on its way; as it is when there is none. */
let tamper: ((offer: Offer) => Offer) | null = null
let genuine: Offer | undefined
let genuineCamera: string

beforeAll(async () => {
  ;[mihari, browser] = await Promise.all([spawnMihari(), launchChromium()])
  page = await openThroughRelay()
  genuineCamera = (await tileOf(page, 'porch').getAttribute('data-camera')) ?? ''
})

afterAll(async () => {
  await browser?.close()
  expect(await mihari?.stop()).toBe(0)
})

async function openThroughRelay(): Promise<Page> {
  const page = await openSignedIn(browser, mihari)
  await page.routeWebSocket(await socketAddress(mihari.url), relay)
  await page.addInitScript(() => {
    window.applied = 0
    const { prototype } = RTCPeerConnection
    prototype.setRemoteDescription = new Proxy(prototype.setRemoteDescription, {
      apply(target, connection, parameters) {
        window.applied += 1
        return Reflect.apply(target, connection, parameters)
      },
    })
  })
  await page.reload()
  await tileOf(page, 'porch').waitFor()
  return page
}

function relay(socket: WebSocketRoute): void {
  const cloud = socket.connectToServer()
  cloud.onMessage((frame) => {
    const message = JSON.parse(String(frame)) as { type: string }
    if (message.type !== 'offer') return socket.send(frame)
    const offer = message as Offer
    socket.send(JSON.stringify(tamper === null ? offer : tamper(offer)))
    if (tamper === null) genuine = offer
  })
}

async function expectRefused(page: Page): Promise<void> {
  const tile = tileOf(page, 'porch')
  const before = await page.evaluate(() => window.applied)
  await tile.getByRole('button').first().click()
  await expectState(tile, 'failed')
  expect(await tile.getAttribute('data-failure')).toBe('offer-not-genuine')
  expect(await tile.getByRole('alert').textContent()).toContain(en.failures['offer-not-genuine'].what)
  expect(await page.evaluate(() => window.applied)).toBe(before)
  await tile.getByRole('button', { name: 'Close' }).click()
  await expectState(tile, 'idle')
}

const FINGERPRINT = /a=fingerprint:sha-256 \S+/g
const OTHER = `a=fingerprint:sha-256 ${Array.from({ length: 32 }, () => '5A').join(':')}`

describe('[R42] an offer that the cloud tampers with is refused in plain words, and never applied:', () => {
  it('as it was made, it plays', async () => {
    await expectMoving(await watch(page, 'porch'))
    expect(await page.evaluate(() => window.applied)).toBe(1)
    await page.getByRole('button', { name: en.action.hangUp }).click()
    await expectState(tileOf(page, 'porch'), 'idle')
  })

  it.each<[string, (offer: Offer) => Offer]>([
    ['with a fingerprint swapped', withOtherFingerprint],
    [
      'with a fingerprint added',
      (offer) => ({ ...offer, sdp: offer.sdp.replace(FINGERPRINT, (line) => `${line}\r\n${OTHER}`) }),
    ],
    ['without a signature', ({ signature: _signature, ...offer }) => offer],
    ['with fingerprint and signature of somebody else’s key', signedByOther],
    ['with the signature of another call', (offer) => ({ ...offer, ...signatureOf(genuine) })],
    ['replaced by an old one', (offer) => ({ ...(genuine ?? offer), call: offer.call })],
  ])('%s', async (_what, change) => {
    tamper = change
    await expectRefused(page)
    tamper = null
  })

  it('the owner finds it in the history, and the camera plays again once nobody tampers', async () => {
    const [newest] = await readHistory(page, 'porch')
    expect(newest).toContain('Refused: the camera was not genuine')
    await expectMoving(await watch(page, 'porch'))
  })
})

describe('[R42] in a browser without Ed25519 of its own the page loads what it lacks, and', () => {
  let old: Page
  const loaded: string[] = []
  const complaints: string[] = []

  beforeAll(async () => {
    old = await openThroughRelay()
    await old.addInitScript(withoutEd25519)
    old.on('response', (response) => loaded.push(new URL(response.url()).pathname))
    old.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text())
    })
    const opened = await old.reload()
    expect(opened?.headers()['content-security-policy']).toContain("script-src 'self'")
  })

  afterAll(() => old?.context().close())

  it('a genuine offer plays', async () => {
    await expectMoving(await watch(old, 'porch'))
    expect(loaded.filter((path) => path.startsWith('/assets/ed25519-'))).toHaveLength(1)
    await old.getByRole('button', { name: en.action.hangUp }).click()
    await expectState(tileOf(old, 'porch'), 'idle')
  })

  it.each<[string, (offer: Offer) => Offer]>([
    ['one with a fingerprint swapped is refused', withOtherFingerprint],
    ['one that somebody else has signed is refused', signedByOther],
    ['one whose signature has a bit flipped is refused', withBrokenSignature],
  ])('%s', async (_what, change) => {
    tamper = change
    await expectRefused(old)
    tamper = null
    expect(complaints).toEqual([])
  })
})

/** As Chrome was before 137 and Firefox before 129 (W3C WebCrypto 18.4.4). */
function withoutEd25519(): void {
  const { prototype } = SubtleCrypto
  prototype.importKey = new Proxy(prototype.importKey, {
    apply(target, subtle, parameters) {
      const [, , algorithm] = parameters as [string, unknown, string | { name: string }]
      const name = typeof algorithm === 'string' ? algorithm : algorithm.name
      if (name === 'Ed25519') return Promise.reject(new DOMException('unrecognized', 'NotSupportedError'))
      return Reflect.apply(target, subtle, parameters)
    },
  })
}

function withOtherFingerprint(offer: Offer): Offer {
  return { ...offer, sdp: offer.sdp.replace(FINGERPRINT, OTHER) }
}

function signedByOther(offer: Offer): Offer {
  const { sdp } = withOtherFingerprint(offer)
  const signature = makeDeviceKey().signOffer({ call: offer.call, camera: genuineCamera, sdp })
  return { ...offer, sdp, signature }
}

function withBrokenSignature(offer: Offer): Offer {
  const [head, body, digits = ''] = (offer.signature ?? '').split('.')
  const bytes = Buffer.from(digits, 'base64url')
  bytes[0] = (bytes[0] ?? 0) ^ 1
  return { ...offer, signature: `${head}.${body}.${bytes.toString('base64url')}` }
}

function signatureOf(offer: Offer | undefined): Pick<Offer, 'signature'> {
  if (offer?.signature === undefined) throw new Error('there was no genuine offer before')
  return { signature: offer.signature }
}
