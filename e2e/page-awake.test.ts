import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type SimulatedCamera, startSimulatedCamera } from '../local/simulated-camera/simulated-camera.ts'
import { en } from '../web/text/en.ts'
import { expectMoving, expectState, tileOf, watch } from './camera-tile.ts'
import { launchChromium } from './chromium.ts'
import { holdTimers } from './held-timers.ts'
import { type MihariProcess, spawnMihari } from './mihari-process.ts'
import { nextState } from './next-state.ts'
import { openSignedIn } from './signed-in-page.ts'
import { playVisibility } from './visibility.ts'

const PATIENCE = { timeout: 15_000 }
const MINUTE = 60_000
/** How long a person may wait who has come back, or whose network has. */
const BACK_WITHIN_MS = 3_000
/** So shortly after its welcome a socket is only asked whether it still lives. */
const SETTLED_MS = 6_500

let camera: SimulatedCamera
let mihari: MihariProcess
let browser: Browser
let page: Page
let welcomedAt: number

beforeAll(async () => {
  camera = await startSimulatedCamera({ name: 'porch' })
  const flags = ['--camera', `porch=${camera.url}`]
  ;[mihari, browser] = await Promise.all([spawnMihari(flags, { faults: true }), launchChromium()])
})

afterAll(async () => {
  await browser?.close()
  expect(await mihari?.stop()).toBe(0)
  await camera?.close()
})

beforeEach(async () => {
  page = await openSignedIn(browser, mihari)
  await page.addInitScript(holdTimers, MINUTE)
  await page.addInitScript(playVisibility)
  const welcomed = nextWelcome()
  await page.reload()
  welcomedAt = await welcomed
  return async () => {
    await page.context().close()
    await expect.poll(() => camera.sessions(), PATIENCE).toBe(0)
  }
})

const show = (visible: boolean) => page.evaluate((now) => window.show(now), visible)
const screenLocks = () => page.evaluate(() => window.screenLocks())
const hangUp = () => tileOf(page, 'porch').getByRole('button', { name: en.action.hangUp }).click()
const tell = (event: string) => page.evaluate((name) => dispatchEvent(new Event(name)), event)

/** When the page is next welcomed on a socket that it has not opened yet. */
function nextWelcome(): Promise<number> {
  return new Promise((resolve) => {
    page.once('websocket', (socket) => {
      socket.on('framereceived', ({ payload }) => {
        if (payload.includes('"welcome"')) resolve(Date.now())
      })
    })
  })
}

describe('a page that nobody looks at', () => {
  it('hangs up its camera after a minute, and plays within 3 s without a click when it is seen', async () => {
    const video = await watch(page, 'porch')
    await show(false)
    await expectMoving(video)
    expect(camera.sessions()).toBe(1)
    await page.evaluate((ms) => window.letPass(ms), MINUTE)
    await expect.poll(() => camera.sessions(), PATIENCE).toBe(0)
    await expectState(tileOf(page, 'porch'), 'regaining')

    const plays = await nextState(tileOf(page, 'porch'), 'playing')
    const seen = await show(true)
    expect((await plays()) - seen).toBeLessThan(BACK_WITHIN_MS)
    await expectMoving(tileOf(page, 'porch').locator('video'))
  })

  it('keeps the picture when it is seen again within the minute', async () => {
    const video = await watch(page, 'porch')
    await show(false)
    await show(true)
    await page.evaluate((ms) => window.letPass(ms), MINUTE)
    await expectMoving(video)
    await expectState(tileOf(page, 'porch'), 'playing')
    expect(camera.sessions()).toBe(1)
  })
})

describe('[R24] a page whose socket has died without a word', () => {
  /** Its socket is old enough to be replaced, and dead. */
  async function watchOnDeadSocket() {
    const video = await watch(page, 'porch')
    while (Date.now() < welcomedAt + SETTLED_MS) await expectMoving(video)
    await mihari.inject({ kind: 'close', whose: 'viewer', how: 'silent', count: 1 })
    return video
  }

  it('is welcomed on another within 3 s of the network’s coming back, and the picture goes on', async () => {
    const video = await watchOnDeadSocket()
    const next = nextWelcome()
    const online = Date.now()
    await tell('online')
    expect((await next) - online).toBeLessThan(BACK_WITHIN_MS)
    await expectMoving(video)
    await expectState(tileOf(page, 'porch'), 'playing')
    await hangUp()
    await expect.poll(() => camera.sessions(), PATIENCE).toBe(0)
  })

  it('and that was frozen in the background plays within 3 s without a click when it is seen', async () => {
    await watchOnDeadSocket()
    await show(false)
    await page.evaluate((ms) => window.freeze(ms), MINUTE)
    const plays = await nextState(tileOf(page, 'porch'), 'playing')
    const next = nextWelcome()
    const seen = await show(true)
    expect((await plays()) - seen).toBeLessThan(BACK_WITHIN_MS)
    await next
    await expectMoving(tileOf(page, 'porch').locator('video'))
    await expect.poll(() => camera.sessions(), PATIENCE).toBe(1)
  })
})

describe('the screen stays on', () => {
  it('while a picture plays, until it is hung up', async () => {
    expect(await screenLocks()).toEqual({ requested: 0, released: 0 })
    await watch(page, 'porch')
    await expect.poll(screenLocks, PATIENCE).toEqual({ requested: 1, released: 0 })
    await hangUp()
    await expect.poll(screenLocks, PATIENCE).toEqual({ requested: 1, released: 1 })
  })

  it('no longer than the page is seen, and again when it is', async () => {
    await watch(page, 'porch')
    await expect.poll(screenLocks, PATIENCE).toEqual({ requested: 1, released: 0 })
    await show(false)
    await expect.poll(screenLocks, PATIENCE).toEqual({ requested: 1, released: 1 })
    await show(true)
    await expect.poll(screenLocks, PATIENCE).toEqual({ requested: 2, released: 1 })
  })
})
