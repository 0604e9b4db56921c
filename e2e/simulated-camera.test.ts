import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type SimulatedCamera, startSimulatedCamera } from '../local/simulated-camera/simulated-camera.ts'
import { bareUv4lPage } from './bare-uv4l-page.ts'
import { captureTimeOf } from './capture-time.ts'
import { launchChromium } from './chromium.ts'

let camera: SimulatedCamera
let pages: Server
let browser: Browser

beforeAll(async () => {
  camera = await startSimulatedCamera({ name: 'porch', maxStreams: 2 })
  pages = createServer((_, response) => {
    response.setHeader('Content-Type', 'text/html').end(bareUv4lPage(camera.url))
  }).listen(0, '127.0.0.1')
  await once(pages, 'listening')
  browser = await launchChromium()
})

afterAll(async () => {
  await browser?.close()
  pages?.close()
  await camera?.close()
})

describe('a page written for a real UV4L', () => {
  it('plays the simulated camera, frame after frame, in two windows at once', async () => {
    const [first, second] = [await openPage(), await openPage()]
    await Promise.all([play(first), play(second)])
    expect(camera.sessions()).toBe(2)
    for (const page of [first, second]) await expectMovingPicture(page)

    await second.click('#hangup')
    await expect.poll(() => camera.sessions(), { timeout: 15_000 }).toBe(1)
    await expectMovingPicture(first)
    await first.close()
    await expect.poll(() => camera.sessions(), { timeout: 15_000 }).toBe(0)
  })

  it('shows what the camera says when its streams are taken', async () => {
    const watching = [await openPage(), await openPage()]
    for (const page of watching) await play(page)
    const late = await openPage()
    await late.click('#play')
    await late.waitForFunction(() => window.messages.length > 0)
    expect(await late.evaluate(() => window.messages)).toEqual([expect.stringMatching(/^Too many streams/)])
    for (const page of [...watching, late]) await page.close()
  })
})

async function openPage(): Promise<Page> {
  const page = await browser.newPage()
  await page.goto(`http://127.0.0.1:${(pages.address() as AddressInfo).port}/`)
  return page
}

async function play(page: Page): Promise<void> {
  await page.click('#play')
  await page.waitForFunction(() => window.firstFrameMs !== undefined)
}

async function expectMovingPicture(page: Page): Promise<void> {
  const video = page.locator('video')
  const before = await nextCaptureTime(page, 0)
  const after = await nextCaptureTime(page, before)
  expect(after).toBeGreaterThan(before)
  expect(after).toBeLessThanOrEqual(Date.now())
  expect(await video.evaluate((element) => (element as HTMLVideoElement).videoWidth)).toBe(640)
}

async function nextCaptureTime(page: Page, after: number): Promise<number> {
  let time: number | undefined
  const read = async () => {
    time = await captureTimeOf(page.locator('video'))
    return time ?? 0
  }
  await expect.poll(read, { timeout: 15_000, interval: 20 }).toBeGreaterThan(after)
  return time ?? 0
}
