import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { captureTimeOf } from './capture-time.ts'
import { launchChromium } from './chromium.ts'
import { type MihariProcess, startMihari } from './mihari-process.ts'

let mihari: MihariProcess
let browser: Browser

beforeAll(async () => {
  ;[mihari, browser] = await Promise.all([startMihari(), launchChromium()])
})

afterAll(async () => {
  await browser?.close()
  expect(await mihari?.stop()).toBe(0)
})

async function openPage(): Promise<Page> {
  const page = await (await browser.newContext({ locale: 'en-US' })).newPage()
  await page.goto(mihari.url)
  return page
}

const tile = (page: Page, name: string) => page.locator(`[data-camera$=".${name}"]`)

async function watch(page: Page, name: string): Promise<Locator> {
  await tile(page, name).getByRole('button').first().click()
  await expectState(tile(page, name), 'playing')
  return tile(page, name).locator('video')
}

async function expectState(camera: Locator, state: string): Promise<void> {
  await expect.poll(() => camera.getAttribute('data-state'), { timeout: 15_000 }).toBe(state)
}

async function expectPresence(camera: Locator, presence: string): Promise<void> {
  await expect.poll(() => camera.getAttribute('data-presence'), { timeout: 15_000 }).toBe(presence)
}

/** The picture is decoded, is the camera's own, and goes on. */
async function expectMoving(video: Locator): Promise<void> {
  await expect.poll(() => captureTimeOf(video), { timeout: 15_000 }).toBeGreaterThan(0)
  const first = (await captureTimeOf(video)) ?? 0
  await expect.poll(() => captureTimeOf(video), { timeout: 15_000 }).toBeGreaterThan(first)
}

describe('a person with npm start', () => {
  it('sees both cameras with their presence, and each live at one click', async () => {
    const page = await openPage()
    await expectPresence(tile(page, 'porch'), 'online')
    await expectPresence(tile(page, 'garden'), 'online')

    await expectMoving(await watch(page, 'porch'))
    await tile(page, 'porch').getByRole('button', { name: 'Hang up' }).click()
    await expectState(tile(page, 'porch'), 'idle')

    await expectMoving(await watch(page, 'garden'))
    await page.context().close()
  })

  it('[R14] has a picture of its own in each of four windows, and closing one disturbs none', async () => {
    const pages = await Promise.all([openPage(), openPage(), openPage(), openPage()])
    const names = ['porch', 'garden', 'porch', 'porch']
    const videos = await Promise.all(pages.map((page, n) => watch(page, names[n] ?? '')))
    for (const video of videos) await expectMoving(video)

    await pages[0]?.context().close()
    for (const video of videos.slice(1)) await expectMoving(video)
    await Promise.all(pages.slice(1).map((page) => page.context().close()))
  })
})
