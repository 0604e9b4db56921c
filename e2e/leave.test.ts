import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type SimulatedCamera, startSimulatedCamera } from '../local/simulated-camera/simulated-camera.ts'
import { en } from '../web/text/en.ts'
import { expectMoving, expectPresence, expectState, tileOf, watch } from './camera-tile.ts'
import { launchChromium } from './chromium.ts'
import { type MihariProcess, spawnMihari } from './mihari-process.ts'
import { openSignedIn } from './signed-in-page.ts'

const MINUTES = 5 * 60_000

/** Takes one viewer, and punishes whoever leaves it without hanging up. */
let camera: SimulatedCamera
let mihari: MihariProcess
let browser: Browser

beforeAll(async () => {
  camera = await startSimulatedCamera({ name: 'porch', quirks: { oneFeed: true, stickyBusyMs: MINUTES } })
  ;[mihari, browser] = await Promise.all([spawnMihari(['--camera', `porch=${camera.url}`]), launchChromium()])
})

afterAll(async () => {
  await browser?.close()
  expect(await mihari?.stop()).toBe(0)
  await camera?.close()
})

const openPage = () => openSignedIn(browser, mihari)

const expectFree = () => expect.poll(() => camera.sessions(), { timeout: 10_000 }).toBe(0)

describe('[R18] the camera is free again at once when its viewer', () => {
  it('hangs up', async () => {
    const page = await openPage()
    await expectMoving(await watch(page, 'porch'))
    await page.getByRole('button', { name: en.action.hangUp }).click()
    await expectFree()
    await page.close()
  })

  it('reloads the page, again and again', async () => {
    const page = await openPage()
    for (let time = 0; time < 4; time += 1) {
      await expectMoving(await watch(page, 'porch'))
      await page.reload()
      await expectFree()
    }
    await page.close()
  })

  it('closes the window', async () => {
    const page = await openPage()
    await expectMoving(await watch(page, 'porch'))
    await page.close({ runBeforeUnload: true })
    await expectFree()
  })
})

it('a camera that goes away while playing is told in words, and plays again when it is back', async () => {
  const page = await openPage()
  await expectMoving(await watch(page, 'porch'))
  const { port } = camera
  await camera.close()
  await expectState(tileOf(page, 'porch'), 'ended')
  expect(await tileOf(page, 'porch').textContent()).toContain(en.endings['camera-closed'].what)
  await expectPresence(tileOf(page, 'porch'), 'unreachable')

  camera = await startSimulatedCamera({ name: 'porch', port, quirks: { oneFeed: true } })
  await tileOf(page, 'porch').getByRole('button', { name: 'Try again' }).click()
  await expectState(tileOf(page, 'porch'), 'playing')
  await expectMoving(tileOf(page, 'porch').locator('video'))
  await page.close()
})
