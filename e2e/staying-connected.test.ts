import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type SimulatedCamera, startSimulatedCamera } from '../local/simulated-camera/simulated-camera.ts'
import { en } from '../web/text/en.ts'
import { expectMoving, expectPresence, expectState, tileOf, watch } from './camera-tile.ts'
import { launchChromium } from './chromium.ts'
import type { ConnectorProcess } from './connector-process.ts'
import { LONGEST_GAP_MS, measureGaps } from './frame-gaps.ts'
import { countInterruptions } from './interruptions.ts'
import { type MihariProcess, spawnMihari } from './mihari-process.ts'
import { startPairedConnector } from './pair-connector.ts'
import { acceptCameras, openSignedIn } from './signed-in-page.ts'

const MINUTE = 60_000
/** How long after the line is there again a camera may take until it can be called. */
const BACK_WITHIN_MS = 5_000

let folder: string
let yard: SimulatedCamera
/** Takes one viewer, and punishes whoever leaves it without hanging up. */
let gate: SimulatedCamera
let mihari: MihariProcess
let connector: ConnectorProcess
let browser: Browser

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'mihari-staying-'))
  yard = await startSimulatedCamera({ name: 'yard' })
  gate = await startSimulatedCamera({ name: 'gate', quirks: { oneFeed: true, stickyBusyMs: 5 * MINUTE } })
  ;[mihari, browser] = await Promise.all([startCloud(0), launchChromium()])
  connector = await startPairedConnector(mihari, {
    yard: { url: yard.url },
    gate: { url: gate.url, maxCalls: 1 },
  })
})

afterAll(async () => {
  await browser?.close()
  expect(await connector?.stop()).toBe(0)
  expect(await mihari?.stop()).toBe(0)
  await Promise.all([yard?.close(), gate?.close()])
  rmSync(folder, { recursive: true, force: true })
})

function startCloud(port: number): Promise<MihariProcess> {
  const flags = ['--port', String(port), '--camera', `box=${yard.url}`]
  return spawnMihari(flags, { dataFolder: folder })
}

async function openPage(): Promise<Page> {
  const page = await openSignedIn(browser, mihari)
  await tileOf(page, 'gate').waitFor()
  await acceptCameras(page)
  return page
}

describe('[R24] with the cloud restarted', () => {
  it('two viewers go on watching, and 5 s after it the camera can be called', async () => {
    const pages = [await openPage(), await openPage()]
    const videos = []
    for (const page of pages) videos.push(await watch(page, 'yard'))
    const gaps = await Promise.all(videos.map(measureGaps))
    const counts = await Promise.all(pages.map((page) => countInterruptions(page, 'yard')))
    const port = Number(new URL(mihari.url).port)
    expect(await mihari.stop()).toBe(0)
    for (const page of pages) await expect.poll(() => linkOf(page)).not.toBe('welcomed')
    for (const video of videos) await expectMoving(video)

    const back = connector.saysNext('"cloud-up"')
    mihari = await startCloud(port)
    const ready = Date.now()
    expect(await back).toBeLessThan(ready + BACK_WITHIN_MS)
    for (const page of pages) await expect.poll(() => linkOf(page), { timeout: 30_000 }).toBe('welcomed')
    for (const video of videos) await expectMoving(video)
    for (const gap of gaps) expect(await gap()).toBeLessThan(LONGEST_GAP_MS)
    for (const count of counts) expect(await count()).toBe(0)
    for (const page of pages) {
      await tileOf(page, 'yard').getByRole('button', { name: en.action.hangUp }).click()
      await expectPresence(tileOf(page, 'yard'), 'online')
      await expectMoving(await watch(page, 'yard'))
      await page.context().close()
    }
  }, 120_000)
})

describe('[R48] a page that is reloaded ten times quickly, at a camera with one feed', () => {
  it('plays each time without a click, and leaves nothing behind', async () => {
    const page = await openPage()
    await expectMoving(await watch(page, 'gate'))
    for (let time = 0; time < 10; time += 1) {
      await page.reload()
      await expectState(tileOf(page, 'gate'), 'playing')
    }
    await expectMoving(tileOf(page, 'gate').locator('video'))
    expect(gate.sessions()).toBe(1)
    await page.context().close()
    await expect.poll(() => gate.sessions(), { timeout: 10_000 }).toBe(0)
  }, 120_000)
})

function linkOf(page: Page): Promise<string | null> {
  return page.locator('main').getAttribute('data-link')
}
