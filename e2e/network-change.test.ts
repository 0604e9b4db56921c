import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type SimulatedCamera, startSimulatedCamera } from '../local/simulated-camera/simulated-camera.ts'
import { type CameraPath, openCameraPath } from './camera-path.ts'
import { expectMoving, expectState, tileOf, watch } from './camera-tile.ts'
import { captureTimeOf } from './capture-time.ts'
import { launchChromium } from './chromium.ts'
import { type MihariProcess, spawnMihari } from './mihari-process.ts'
import { nextState } from './next-state.ts'
import { followSockets } from './page-sockets.ts'
import { openSignedIn } from './signed-in-page.ts'

/** How long a person may wait whose network is back. */
const BACK_WITHIN_MS = 3_000
/** So shortly after its welcome a socket is only asked whether it still lives. */
const SETTLED_MS = 6_500

let camera: SimulatedCamera
let path: CameraPath
let mihari: MihariProcess
let browser: Browser

beforeAll(async () => {
  camera = await startSimulatedCamera({ name: 'porch' })
  path = await openCameraPath(camera)
  const flags = ['--camera', `porch=${path.url}`]
  ;[mihari, browser] = await Promise.all([spawnMihari(flags, { faults: true }), launchChromium()])
})

afterAll(async () => {
  await browser?.close()
  expect(await mihari?.stop()).toBe(0)
  path?.close()
  await camera?.close()
})

const now = (page: Page) => page.evaluate(() => Date.now())

describe('a page whose network changes, so that its socket and its picture are dead without a word', () => {
  it.each([
    ['from one moment to the next', 0],
    ['with a second of none', 1_000],
    ['with seven seconds of none', 7_000],
  ])('%s, has a new picture within 3 s of the network’s being there', async (_how, awayMs) => {
    const page = await openSignedIn(browser, mihari)
    const sockets = followSockets(page)
    await page.reload()
    const tile = tileOf(page, 'porch')
    const video = await watch(page, 'porch')
    for (const end = Date.now() + SETTLED_MS; Date.now() < end; ) await expectMoving(video)
    expect(sockets).toEqual(['opened 1', 'welcomed 1'])

    const plays = await nextState(tile, 'playing')
    path.loseMedia()
    await mihari.inject({ kind: 'close', whose: 'viewer', how: 'silent', count: 1 })
    const lostAt = await now(page)
    await page.context().setOffline(true)
    await page.waitForTimeout(awayMs)
    const onlineAt = await now(page)
    await page.context().setOffline(false)
    const at = await plays()
    process.stdout.write(`away ${onlineAt - lostAt} ms: back ${at - onlineAt} ms after the network\n`)
    expect(await captureTimeOf(tile.locator('video'))).toBeGreaterThan(onlineAt)
    await expectMoving(tile.locator('video'))
    await expectState(tile, 'playing')
    expect(sockets.filter((event) => event.startsWith('welcomed')).length).toBeGreaterThan(1)
    expect(at - onlineAt).toBeLessThan(BACK_WITHIN_MS)
    await page.context().close()
    await expect.poll(() => camera.sessions(), { timeout: 15_000 }).toBe(0)
  })
})
