import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { en } from '../web/text/en.ts'
import { type CameraProcess, spawnCamera } from './camera-process.ts'
import { expectMoving, expectPresence, expectState, tileOf, watch } from './camera-tile.ts'
import { captureTimeOf } from './capture-time.ts'
import { launchChromium } from './chromium.ts'
import { brightness, likeness, lookAt } from './coarse-look.ts'
import { type MihariProcess, spawnMihari } from './mihari-process.ts'
import { openSignedIn } from './signed-in-page.ts'

/** A camera that is gone is looked for every other second: this sees more than one look. */
const AWAY_MS = 5_000
const BACK_WITHIN_MS = 5_000
/** The scene moves a little, and words lie over it. A blank stage with words has nothing of it. */
const LEAST_LIKENESS = 0.8
/** How old the last frame was that came. */
const LAST_FRAME_MS = 1_000

let camera: CameraProcess
let mihari: MihariProcess
let browser: Browser

beforeAll(async () => {
  camera = await spawnCamera('porch')
  ;[mihari, browser] = await Promise.all([spawnMihari(['--camera', `porch=${camera.url}`]), launchChromium()])
})

afterAll(async () => {
  await browser?.close()
  expect(await mihari?.stop()).toBe(0)
  await camera?.stop()
})

describe('a camera that is killed while it plays', () => {
  it('is waited for with its last picture on the screen, and plays again without a click', async () => {
    const page = await openSignedIn(browser, mihari)
    const tile = tileOf(page, 'porch')
    const stage = tile.locator('.stage')
    await expectMoving(await watch(page, 'porch'))
    const playing = await lookAt(stage)
    const lastAt = Date.now()
    await camera.kill()
    const killedAt = Date.now()
    await expectState(tile, 'regaining')
    await expectPresence(tile, 'unreachable')
    const words = tile.locator('.words')
    await words.getByText(en.regain['camera-away'].what).waitFor()

    const keptAt = (await captureTimeOf(tile.locator('canvas'))) ?? 0
    expect(keptAt).toBeGreaterThan(lastAt - LAST_FRAME_MS)
    expect(keptAt).toBeLessThanOrEqual(killedAt)
    while (Date.now() < killedAt + AWAY_MS) {
      const waiting = await lookAt(stage)
      expect(likeness(waiting, playing)).toBeGreaterThan(LEAST_LIKENESS)
      expect(brightness(waiting)).toBeLessThan(brightness(playing) / 2)
      expect(await captureTimeOf(tile.locator('canvas'))).toBe(keptAt)
      expect(await words.innerText()).toContain(en.regain['camera-away'].what)
      expect(await tile.getAttribute('data-state')).toBe('regaining')
    }

    const startedAt = await camera.startAgain()
    await expectState(tile, 'playing')
    const video = tile.locator('video')
    await expectMoving(video)
    expect(await captureTimeOf(video)).toBeGreaterThan(startedAt)
    expect(Date.now() - startedAt).toBeLessThan(BACK_WITHIN_MS)
    await page.context().close()
  })
})
