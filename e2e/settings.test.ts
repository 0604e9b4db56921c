import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type SimulatedCamera, startSimulatedCamera } from '../local/simulated-camera/simulated-camera.ts'
import { splitCameraId } from '../protocol/identifiers.ts'
import { en } from '../web/text/en.ts'
import { PANELS_EN } from '../web/text/panels-en.ts'
import { expectMoving, expectPresence, expectState, tileOf, watch } from './camera-tile.ts'
import { launchChromium } from './chromium.ts'
import type { ConnectorProcess } from './connector-process.ts'
import { type MihariProcess, spawnMihari } from './mihari-process.ts'
import { startPairedConnector } from './pair-connector.ts'
import { deviceIn, openDevice, openSettings } from './settings-sheet.ts'
import { closeSheet, inviteByMail } from './share-sheet.ts'
import { acceptCameras, openFresh, openSignedIn } from './signed-in-page.ts'

const PATIENCE = { timeout: 15_000 }
const NEW_NAME = 'Garden <b>shed</b>'
const { settings, rename } = PANELS_EN

let camera: SimulatedCamera
let mihari: MihariProcess
/** A second one, so that the box's own is left alone. */
let connector: ConnectorProcess
let device: string
let browser: Browser
let owner: Page

beforeAll(async () => {
  ;[mihari, browser, camera] = await Promise.all([
    spawnMihari(),
    launchChromium(),
    startSimulatedCamera({ name: 'shed' }),
  ])
  connector = await startPairedConnector(mihari, { shed: { url: camera.url } })
  owner = await openSignedIn(browser, mihari)
  await tileOf(owner, 'shed').waitFor(PATIENCE)
  await acceptCameras(owner)
  device = splitCameraId((await tileOf(owner, 'shed').getAttribute('data-camera')) ?? '').device
})

afterAll(async () => {
  await browser?.close()
  expect(await connector?.stop()).toBe(0)
  expect(await mihari?.stop()).toBe(0)
  await camera?.close()
})

const nameIn = (row: Locator) => row.locator('summary strong').textContent()

describe('[R44] an owner, under “Devices and people”,', () => {
  it('renames a device, and finds the name there again, in this page and in another', async () => {
    const sheet = await openSettings(owner)
    const row = await openDevice(sheet, device)
    await row.getByLabel(rename.device).fill(NEW_NAME)
    await row.getByRole('button', { name: rename.save }).click()
    await row.getByText(rename.saved).waitFor(PATIENCE)
    await expect.poll(() => nameIn(row), PATIENCE).toBe(NEW_NAME)
    await closeSheet(sheet)

    const other = await owner.context().newPage()
    await other.goto(mihari.url)
    await owner.reload()
    for (const page of [owner, other]) {
      const again = await openSettings(page)
      expect(await nameIn(deviceIn(again, device))).toBe(NEW_NAME)
      await closeSheet(again)
    }
    await other.close()
  })

  it('[R4] makes another person an owner, whose open page then shows every camera, and takes it back', async () => {
    const email = 'aunt@example.org'
    const aunt = await openFresh(browser, await inviteByMail(owner, mihari, 'shed', email))
    await tileOf(aunt, 'shed').waitFor(PATIENCE)
    expect(await aunt.locator('[data-camera]').count()).toBe(1)
    expect(await aunt.getByRole('button', { name: en.account.settings }).count()).toBe(0)

    const sheet = await openSettings(owner)
    await sheet.getByRole('button', { name: settings.promoteOf(email) }).click()
    await sheet.getByText(settings.promote.ask).waitFor()
    expect(await tileOf(aunt, 'porch').count()).toBe(0)
    await sheet.getByRole('button', { name: settings.promote.confirm }).click()
    await tileOf(aunt, 'porch').waitFor(PATIENCE)
    await acceptCameras(aunt)
    await expectMoving(await watch(aunt, 'porch'))
    const hers = await openSettings(aunt)
    await deviceIn(hers, device).waitFor(PATIENCE)
    await closeSheet(hers)

    await sheet.getByRole('button', { name: settings.demoteOf(email) }).click()
    await sheet.getByRole('button', { name: settings.demote.confirm }).click()
    await expectState(tileOf(aunt, 'porch'), 'ended')
    await aunt.getByRole('button', { name: en.account.settings }).waitFor({ state: 'detached', ...PATIENCE })
    await expectPresence(tileOf(aunt, 'shed'), 'online')
    await closeSheet(sheet)
    await aunt.context().close()
  })

  it('[R41] unpairs a device after a question: its calls end, its cameras leave the page, and it wants to be paired', async () => {
    const watching = await owner.context().newPage()
    await watching.goto(mihari.url)
    await expectMoving(await watch(watching, 'shed'))
    const shown = connector.shownLinks()

    const sheet = await openSettings(owner)
    const row = await openDevice(sheet, device)
    const unpair = row.getByRole('button', { name: settings.unpairOf(NEW_NAME) })
    await unpair.click()
    await row.getByText(settings.unpair.ask).waitFor()
    await row.getByRole('button', { name: en.panel.keep }).click()
    await unpair.click()
    expect(camera.sessions()).toBe(1)
    await row.getByRole('button', { name: settings.unpair.confirm }).click()

    await expectState(tileOf(watching, 'shed'), 'ended')
    expect(await tileOf(watching, 'shed').textContent()).toContain(en.endings['device-unpaired'].what)
    await row.waitFor({ state: 'detached', ...PATIENCE })
    await tileOf(owner, 'shed').waitFor({ state: 'detached', ...PATIENCE })
    await expect.poll(() => camera.sessions(), PATIENCE).toBe(0)
    await expect.poll(() => connector.shownLinks(), PATIENCE).toBeGreaterThan(shown)
    await expectPresence(tileOf(owner, 'porch'), 'online')
    await watching.close()
  })
})
