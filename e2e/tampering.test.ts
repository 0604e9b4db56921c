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

beforeAll(async () => {
  ;[mihari, browser] = await Promise.all([spawnMihari(), launchChromium()])
  page = await openSignedIn(browser, mihari)
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
})

afterAll(async () => {
  await browser?.close()
  expect(await mihari?.stop()).toBe(0)
})

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

async function expectRefused(): Promise<void> {
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
    ['with a fingerprint swapped', (offer) => ({ ...offer, sdp: offer.sdp.replace(FINGERPRINT, OTHER) })],
    [
      'with a fingerprint added',
      (offer) => ({ ...offer, sdp: offer.sdp.replace(FINGERPRINT, (line) => `${line}\r\n${OTHER}`) }),
    ],
    ['without a signature', ({ signature: _signature, ...offer }) => offer],
    [
      'with fingerprint and signature of somebody else’s key',
      (offer) => {
        const sdp = offer.sdp.replace(FINGERPRINT, OTHER)
        const camera = genuineCamera
        return { ...offer, sdp, signature: makeDeviceKey().signOffer({ call: offer.call, camera, sdp }) }
      },
    ],
    ['with the signature of another call', (offer) => ({ ...offer, ...signatureOf(genuine) })],
    ['replaced by an old one', (offer) => ({ ...(genuine ?? offer), call: offer.call })],
  ])('%s', async (_what, change) => {
    genuineCamera = (await tileOf(page, 'porch').getAttribute('data-camera')) ?? ''
    tamper = change
    await expectRefused()
    tamper = null
  })

  it('the owner finds it in the history, and the camera plays again once nobody tampers', async () => {
    const [newest] = await readHistory(page, 'porch')
    expect(newest).toContain('Refused: the camera was not genuine')
    await expectMoving(await watch(page, 'porch'))
  })
})

let genuineCamera = ''

function signatureOf(offer: Offer | undefined): Pick<Offer, 'signature'> {
  if (offer?.signature === undefined) throw new Error('there was no genuine offer before')
  return { signature: offer.signature }
}
