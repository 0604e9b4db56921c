import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type SimulatedCamera, startSimulatedCamera } from '../local/simulated-camera/simulated-camera.ts'
import { en } from '../web/text/en.ts'
import { expectMoving, expectPresence, expectState, tileOf, watch } from './camera-tile.ts'
import { launchChromium } from './chromium.ts'
import { type ConnectorProcess, spawnConnector } from './connector-process.ts'
import { type MihariProcess, spawnMihari } from './mihari-process.ts'
import { openRequests } from './requests.ts'
import { acceptCameras, openFresh, openSignedIn } from './signed-in-page.ts'
import { socketAddress } from './wire-client.ts'

const PATIENCE = { timeout: 15_000 }

let camera: SimulatedCamera
let mihari: MihariProcess
let browser: Browser
let connector: ConnectorProcess
let link: string
/** The owner's, open since before the connector was there. */
let page: Page

beforeAll(async () => {
  ;[mihari, browser, camera] = await Promise.all([
    spawnMihari(),
    launchChromium(),
    startSimulatedCamera({ name: 'attic' }),
  ])
  page = await openSignedIn(browser, mihari)
  connector = spawnConnector({
    cloud: await socketAddress(mihari.url),
    cameras: { attic: { url: camera.url } },
  })
  link = await connector.pairingLink
})

afterAll(async () => {
  await browser?.close()
  expect(await connector?.stop()).toBe(0)
  expect(await mihari?.stop()).toBe(0)
  await camera?.close()
})

describe('a new connector', () => {
  it('[R38] is in nobody’s page while no owner has claimed it', async () => {
    await expectPresence(tileOf(page, 'porch'), 'online')
    expect(await tileOf(page, 'attic').count()).toBe(0)
  })

  it('[R39] asks who opens its link to sign in as an owner first', async () => {
    const stranger = await openFresh(browser, link)
    await stranger.getByText(en.pair.signInFirst.what).waitFor(PATIENCE)
    expect(stranger.url()).not.toContain('pair=')
    await stranger.context().close()
  })

  it('[R40] is paired by its link, says so, and its cameras are in the open page at once, and play', async () => {
    const confirming = await page.context().newPage()
    await confirming.goto(link)
    await confirming.getByLabel(en.pair.name).fill('Summer <b>house</b>')
    const confirmedAt = Date.now()
    await confirming.getByRole('button', { name: en.pair.confirm }).click()
    await Promise.all([
      connector.said('Paired: the cameras of this connector are in the app now.'),
      tileOf(page, 'attic').waitFor(PATIENCE),
    ])
    process.stdout.write(`paired, and in the open page after ${Date.now() - confirmedAt} ms\n`)
    // Both pages are of the browser that has claimed it: it is new to neither [R43].
    await expectPresence(tileOf(confirming, 'attic'), 'online')
    await expectMoving(await watch(confirming, 'attic'))
    await confirming.close()
    await page.reload()
    await expectMoving(await watch(page, 'attic'))
    await page.getByRole('button', { name: en.action.hangUp }).click()
  })

  it('[R39] cannot be paired by the same link again, and the page says so', async () => {
    const again = await page.context().newPage()
    await again.goto(link)
    await again.getByRole('button', { name: en.pair.confirm }).click()
    await again.getByText(en.failures['pairing-code-used'].what).waitFor(PATIENCE)
    await again.close()
  })

  it('[R43] is shown as new in another browser of the owner, and is not called before it is accepted', async () => {
    const other = await openFresh(browser, mihari.signInLink)
    await tileOf(other, 'attic').waitFor(PATIENCE)
    expect(await tileOf(other, 'attic').getAttribute('data-new')).toBe('true')
    expect(
      await tileOf(other, 'attic')
        .getByRole('button', { name: /Watch live/ })
        .count(),
    ).toBe(0)
    await acceptCameras(other)
    await expectMoving(await watch(other, 'attic'))
    await other.context().close()
  })

  it('shows a name with markup as the text that it is', async () => {
    const markup = '<img src=x onerror="document.title=1"><b>Attic</b>'
    await page.getByRole('button', { name: en.sharing.shareCamera('attic') }).click()
    const sheet = page.getByRole('dialog')
    await sheet.getByLabel('Name of the camera').fill(markup)
    await sheet.getByRole('button', { name: 'Save' }).click()
    await expect
      .poll(() => tileOf(page, 'attic').locator('.caption h2').textContent(), PATIENCE)
      .toContain(markup)
    expect(await tileOf(page, 'attic').locator('h2 b, h2 img').count()).toBe(0)
    expect(await page.title()).toBe(en.title)
    await sheet.getByRole('button', { name: 'Close' }).first().click()
  })

  it('[R41] is gone from the page when it is unpaired, and asks to be paired again', async () => {
    await expectMoving(await watch(page, 'attic'))
    const { idToken } = await mihari.signIn()
    const asking = await openRequests(await socketAddress(mihari.url), idToken)
    const device = await tileOf(page, 'attic').getAttribute('data-camera')
    const shown = connector.shownLinks()
    expect(await asking.ask({ op: 'unpair-device', device: device?.split('.')[0] ?? '' })).toMatchObject({
      kind: 'done',
    })
    asking.close()
    await expectState(tileOf(page, 'attic'), 'ended')
    expect(await tileOf(page, 'attic').textContent()).toContain(en.endings['device-unpaired'].what)
    await page.reload()
    await expectPresence(tileOf(page, 'porch'), 'online')
    expect(await tileOf(page, 'attic').count()).toBe(0)
    await expect.poll(() => camera.sessions(), PATIENCE).toBe(0)
    await expect.poll(() => connector.shownLinks(), PATIENCE).toBeGreaterThan(shown)
  })
})
