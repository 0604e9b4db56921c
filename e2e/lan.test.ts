import { createHash, X509Certificate } from 'node:crypto'
import { connect } from 'node:tls'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { expectMoving, watch } from './camera-tile.ts'
import { launchChromium } from './chromium.ts'
import { type MihariProcess, spawnMihari } from './mihari-process.ts'
import { makeGuestLink } from './share-sheet.ts'
import { openFresh, openSignedIn } from './signed-in-page.ts'

const HOST = 'home.test'

let mihari: MihariProcess
let browser: Browser

beforeAll(async () => {
  mihari = await spawnMihari(['--lan', '--host', HOST], {
    nodeOptions: `--import ${new URL('./home-name.ts', import.meta.url).href}`,
  })
  browser = await launchChromium({
    args: [
      `--host-resolver-rules=MAP ${HOST} 127.0.0.1`,
      // As the person who compares the fingerprint with the terminal's and goes on.
      `--ignore-certificate-errors-spki-list=${await shownKeyHash(Number(new URL(mihari.url).port))}`,
    ],
  })
})

afterAll(async () => {
  await browser?.close()
  expect(await mihari?.stop()).toBe(0)
})

it('a page of the home’s network, by https and a name that is not localhost, signs in by its link and plays', async () => {
  const page = await openSignedIn(browser, mihari)
  expect(new URL(page.url()).origin).toBe(`https://${HOST}:${new URL(mihari.url).port}`)
  expect(await page.evaluate(() => isSecureContext)).toBe(true)
  await expectMoving(await watch(page, 'porch'))

  const guest = await openFresh(browser, await makeGuestLink(page, 'garden', 'Phone'))
  await expectMoving(guest.locator('video'))
  await guest.context().close()
  await page.context().close()
})

/** SHA-256 of the certificate's public key, base64, as Chromium wants to have it. */
async function shownKeyHash(port: number): Promise<string> {
  const socket = connect({ host: '127.0.0.1', port, servername: HOST, rejectUnauthorized: false })
  await new Promise<void>((resolve, reject) => socket.once('secureConnect', resolve).once('error', reject))
  const shown = socket.getPeerX509Certificate()
  socket.destroy()
  if (!(shown instanceof X509Certificate)) throw new Error('no certificate is shown')
  return createHash('sha256')
    .update(shown.publicKey.export({ type: 'spki', format: 'der' }))
    .digest('base64')
}
