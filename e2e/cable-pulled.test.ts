import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type SimulatedCamera, startSimulatedCamera } from '../local/simulated-camera/simulated-camera.ts'
import { expectMoving, expectPresence, expectState, tileOf, watch } from './camera-tile.ts'
import { launchChromium } from './chromium.ts'
import type { ConnectorProcess } from './connector-process.ts'
import { LONGEST_GAP_MS, measureGaps } from './frame-gaps.ts'
import { countInterruptions } from './interruptions.ts'
import { type Line, openLine } from './line.ts'
import { type MihariProcess, spawnMihari } from './mihari-process.ts'
import { nextState } from './next-state.ts'
import { startPairedConnector } from './pair-connector.ts'
import { acceptCameras, openSignedIn } from './signed-in-page.ts'

const MINUTE = 60_000
/**
 * How long after the line is there again a connector may take until it can be called; and from then on, until it has
 * answered who had called too early: the page waits for 4 s before it doubts that its call has come anywhere.
 */
const BACK_WITHIN_MS = 5_000
/** Of a call that has its offer. */
const ANSWERED = ['verifying', 'answering', 'connecting', 'playing']

let yard: SimulatedCamera
let mihari: MihariProcess
/** Between the connector and the cloud. */
let line: Line
let connector: ConnectorProcess
let browser: Browser

beforeAll(async () => {
  yard = await startSimulatedCamera({ name: 'yard' })
  ;[mihari, browser] = await Promise.all([spawnMihari(['--camera', `box=${yard.url}`]), launchChromium()])
  line = await openLine(Number(new URL(mihari.url).port))
  const cameras = { yard: { url: yard.url } }
  connector = await startPairedConnector(mihari, cameras, { port: line.port, timePlayed: true })
})

afterEach(async () => {
  await Promise.all(browser.contexts().map((context) => context.close()))
})

afterAll(async () => {
  await browser?.close()
  expect(await connector?.stop()).toBe(0)
  line?.close()
  expect(await mihari?.stop()).toBe(0)
  await yard?.close()
})

async function openPage(): Promise<Page> {
  const page = await openSignedIn(browser, mihari)
  await tileOf(page, 'yard').waitFor()
  await acceptCameras(page)
  return page
}

describe('[R24] with the cable at home pulled', () => {
  /** At `paceOfTime` of the connector's own; then another page calls as soon as there is a line. */
  async function watchThrough(awayMs: number, paceOfTime: number): Promise<void> {
    const [page, other] = [await openPage(), await openPage()]
    const video = await watch(page, 'yard')
    await expectMoving(video)
    const gaps = await measureGaps(video)
    const interruptions = await countInterruptions(page, 'yard')
    const noticed = connector.saysNext('a ping was not answered')
    line.cut()
    await connector.passTime(paceOfTime)
    const end = Date.now() + awayMs / paceOfTime
    await noticed
    await connector.saysNext('ECONNREFUSED')
    while (Date.now() < end) await expectMoving(video)
    await connector.passTime(1)

    const back = connector.saysNext('"cloud-up"')
    const tile = tileOf(other, 'yard')
    const answered = await nextState(tile, ...ANSWERED)
    await expectPresence(tile, 'online')
    const watchButton = await tile.getByRole('button').first().elementHandle()
    await line.mend()
    const mended = Date.now()
    await watchButton?.evaluate((button) => (button as HTMLElement).click())
    await expectState(tile, 'playing')
    await expectMoving(tile.locator('video'))
    const [up, offered] = [(await back) - mended, (await answered()) - mended]
    process.stdout.write(`up ${up} ms after the line was there again, and an offer after ${offered} ms\n`)
    expect(up).toBeLessThan(BACK_WITHIN_MS)
    expect(offered - up).toBeLessThan(BACK_WITHIN_MS)
    await expectMoving(video)
    expect(await gaps()).toBeLessThan(LONGEST_GAP_MS)
    expect(await interruptions()).toBe(0)
  }

  it('for a minute, the picture goes on, the connector is back within 5 s after it, and answers who called before that', async () => {
    await watchThrough(MINUTE, 1)
  }, 120_000)

  it('for three minutes, by the connector’s time, the same', async () => {
    await watchThrough(3 * MINUTE, 30)
  })
})
