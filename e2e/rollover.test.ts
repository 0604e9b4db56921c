import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type SimulatedCamera, startSimulatedCamera } from '../local/simulated-camera/simulated-camera.ts'
import { OLD_QUIET_MS } from '../protocol/connection-times.ts'
import { en } from '../web/text/en.ts'
import { expectMoving, expectPresence, tileOf, watch } from './camera-tile.ts'
import { launchChromium } from './chromium.ts'
import type { ConnectorProcess } from './connector-process.ts'
import { LONGEST_GAP_MS, measureGaps } from './frame-gaps.ts'
import { holdTimers } from './held-timers.ts'
import { countInterruptions } from './interruptions.ts'
import { type Line, openLine } from './line.ts'
import { type MihariProcess, spawnMihari } from './mihari-process.ts'
import { followSockets } from './page-sockets.ts'
import { startPairedConnector } from './pair-connector.ts'
import { acceptCameras, openSignedIn } from './signed-in-page.ts'

const PATIENCE = { timeout: 15_000 }
const MINUTE = 60_000
const HOUR = 60 * MINUTE

let yard: SimulatedCamera
let gate: SimulatedCamera
let mihari: MihariProcess
let line: Line
let connector: ConnectorProcess
let browser: Browser
/** Watches the yard. */
let page: Page
/** Looks on, and calls when everything is over. */
let other: Page

beforeAll(async () => {
  ;[yard, gate] = await Promise.all([
    startSimulatedCamera({ name: 'yard' }),
    startSimulatedCamera({ name: 'gate' }),
  ])
  const flags = ['--camera', `box=${yard.url}`]
  ;[mihari, browser] = await Promise.all([spawnMihari(flags, { faults: true }), launchChromium()])
  line = await openLine(Number(new URL(mihari.url).port))
  const cameras = { yard: { url: yard.url }, gate: { url: gate.url } }
  connector = await startPairedConnector(mihari, cameras, { port: line.port, timePlayed: true })
  page = await openPage()
  await page.addInitScript(holdTimers, OLD_QUIET_MS)
  other = await openPage()
})

afterAll(async () => {
  await browser?.close()
  expect(await connector?.stop()).toBe(0)
  line?.close()
  expect(await mihari?.stop()).toBe(0)
  await Promise.all([yard?.close(), gate?.close()])
})

async function openPage(): Promise<Page> {
  const opened = await openSignedIn(browser, mihari)
  for (const name of ['yard', 'gate']) {
    await opened.locator(`[data-camera$=".${name}"][data-presence="online"]`).waitFor()
  }
  await acceptCameras(opened)
  return opened
}

/** Its sockets from the first one on, and its picture that plays. */
async function watchAnew() {
  const sockets = followSockets(page)
  await page.reload()
  const video = await watch(page, 'yard')
  expect(sockets).toEqual(['opened 1', 'welcomed 1'])
  const gaps = await measureGaps(video)
  const interruptions = await countInterruptions(page, 'yard')
  return {
    sockets,
    async expectUnbroken() {
      await expectMoving(video)
      expect(await interruptions()).toBe(0)
      expect(await gaps()).toBeLessThan(LONGEST_GAP_MS)
    },
  }
}

/** The page waits longer than an hour for nothing but its next connection. */
function passHours(): Promise<void> {
  return page.evaluate((ms) => window.letPass(2 * ms, ms), HOUR)
}

/** Of somebody else, and once more of the one who was watching. */
async function expectFurtherCalls(): Promise<void> {
  await expectMoving(await watch(other, 'gate'))
  await hangUp(other, 'gate')
  await hangUp(page, 'yard')
  await expectMoving(await watch(page, 'yard'))
  await hangUp(page, 'yard')
  await expect.poll(() => yard.sessions() + gate.sessions(), PATIENCE).toBe(0)
}

function hangUp(on: Page, name: string): Promise<void> {
  return tileOf(on, name).getByRole('button', { name: en.action.hangUp }).click()
}

describe('[R46] in the last ten minutes of the two hours of a connection', () => {
  it('the page opens the next, closes the older once the next is welcomed, and the picture goes on', async () => {
    const { sockets, expectUnbroken } = await watchAnew()
    const waits = await page.evaluate(() => window.heldTimers())
    const [rollsOverIn = 0, ...others] = waits.filter((ms) => ms > HOUR)
    expect(others).toEqual([])
    expect(rollsOverIn).toBeGreaterThan(109 * MINUTE)
    expect(rollsOverIn).toBeLessThan(2 * HOUR)

    await passHours()
    await expect.poll(() => sockets.at(-1), PATIENCE).toBe('welcomed 2')
    await expect.poll(() => page.evaluate(() => window.heldTimers())).toContain(OLD_QUIET_MS)
    await page.evaluate((ms) => window.letPass(ms), OLD_QUIET_MS)
    await expect.poll(() => sockets.at(-1), PATIENCE).toBe('closed 1')
    expect(sockets).toEqual(['opened 1', 'welcomed 1', 'opened 2', 'welcomed 2', 'closed 1'])
    await expectUnbroken()
    await expectFurtherCalls()
  })

  it('the connector does the same', async () => {
    const { sockets, expectUnbroken } = await watchAnew()
    expect(line.open()).toBe(1)
    const takenOver = connector.saysNext('"cloud-next"')
    await connector.rollOver()
    await takenOver
    expect(line.open()).toBe(2)
    await connector.passTime(30)
    await expect.poll(() => line.open(), PATIENCE).toBe(1)
    await connector.passTime(1)
    expect(sockets).toEqual(['opened 1', 'welcomed 1'])
    await expectUnbroken()
    await expectFurtherCalls()
  })

  it('a page that does so again and again shows nothing of it', async () => {
    const { expectUnbroken } = await watchAnew()
    const changes = await page.locator('main').evaluateHandle((main) => {
      const seen: (string | null)[] = []
      new MutationObserver(() => seen.push(main.getAttribute('data-link'))).observe(main, {
        attributeFilter: ['data-link'],
      })
      return seen
    })
    for (let time = 1; time <= 10; time += 1) {
      const next = page.waitForEvent('websocket')
      await passHours()
      // The one that has been welcomed is the one that is told when its own hours are over.
      await (await next).waitForEvent('framereceived', ({ payload }) => payload.includes('"welcome"'))
      await expect
        .poll(() => page.evaluate((ms) => window.heldTimers().filter((held) => held > ms).length, HOUR))
        .toBe(1)
    }
    await expectUnbroken()
    expect(await changes.evaluate((seen) => seen)).toEqual([])
    await hangUp(page, 'yard')
  })
})

describe('[R46] when the two hours of every connection are over', () => {
  it('page and connector are welcomed anew, and the picture goes on', async () => {
    const { sockets, expectUnbroken } = await watchAnew()
    const lost = connector.saysNext('"cloud-lost"')
    const back = connector.saysNext('"cloud-up"')
    await mihari.inject({ kind: 'clock', aheadMs: 2 * HOUR })
    await lost
    await back
    await expect
      .poll(() => sockets.findLastIndex((event) => event.startsWith('welcomed')), PATIENCE)
      .toBeGreaterThan(sockets.indexOf('welcomed 1'))
    expect(sockets.slice(0, 3)).toEqual(['opened 1', 'welcomed 1', 'closed 1'])
    expect(line.open()).toBe(1)
    for (const one of [page, other]) await expectPresence(tileOf(one, 'yard'), 'online')
    await expectUnbroken()
    await expectFurtherCalls()
  })
})
