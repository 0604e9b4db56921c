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

  it('[R48] reloads the page, again and again, and it plays there by itself', async () => {
    const page = await openPage()
    await watch(page, 'porch')
    for (let time = 0; time < 10; time += 1) await page.reload({ waitUntil: 'domcontentloaded' })
    await expectState(tileOf(page, 'porch'), 'playing')
    await expectMoving(tileOf(page, 'porch').locator('video'))
    expect(camera.sessions()).toBe(1)
    await tileOf(page, 'porch').getByRole('button', { name: en.action.hangUp }).click()
    await expectFree()
    await page.close()
  })

  it('closes the window', async () => {
    const page = await openPage()
    await expectMoving(await watch(page, 'porch'))
    await page.close({ runBeforeUnload: true })
    await expectFree()
  })
})

it('[R48] a camera that goes away while playing is told in words, and plays again when it is back', async () => {
  const page = await openPage()
  await expectMoving(await watch(page, 'porch'))
  const { port } = camera
  await camera.close()
  await expectState(tileOf(page, 'porch'), 'regaining')
  await expectPresence(tileOf(page, 'porch'), 'unreachable')
  await tileOf(page, 'porch').getByText(en.regain['camera-away'].what).waitFor()

  camera = await startSimulatedCamera({ name: 'porch', port, quirks: { oneFeed: true } })
  await expectState(tileOf(page, 'porch'), 'playing')
  await expectMoving(tileOf(page, 'porch').locator('video'))
  await page.close()
})
