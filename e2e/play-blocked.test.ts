import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { en } from '../web/text/en.ts'
import { expectMoving, expectState, tileOf, watch } from './camera-tile.ts'
import { launchChromium } from './chromium.ts'
import { type MihariProcess, spawnMihari } from './mihari-process.ts'
import { openSignedIn } from './signed-in-page.ts'

let mihari: MihariProcess
let browser: Browser

beforeAll(async () => {
  ;[mihari, browser] = await Promise.all([spawnMihari(), launchChromium()])
})

afterAll(async () => {
  await browser?.close()
  expect(await mihari?.stop()).toBe(0)
})

/** As a phone that saves power: no picture starts before somebody has tapped the page. */
function wantTap(): void {
  let isTapped = false
  addEventListener(
    'click',
    () => {
      isTapped = true
    },
    true,
  )
  const { play } = HTMLMediaElement.prototype
  Object.defineProperty(HTMLMediaElement.prototype, 'autoplay', { set: () => undefined })
  HTMLMediaElement.prototype.play = function (this: HTMLMediaElement) {
    if (isTapped) return play.call(this)
    return Promise.reject(new DOMException('play() was refused', 'NotAllowedError'))
  }
}

/** How often the page has called since this was asked. */
function countCalls(page: Page): () => number {
  let calls = 0
  page.on('websocket', (socket) => {
    socket.on('framesent', ({ payload }) => {
      if (String(payload).includes('"type":"call"')) calls += 1
    })
  })
  return () => calls
}

it('a picture that the browser has paused, as an iPhone does when its full screen is left, goes on by itself', async () => {
  const page = await openSignedIn(browser, mihari)
  const video = await watch(page, 'porch')
  await expectMoving(video)
  await video.evaluate((element) => (element as HTMLVideoElement).pause())
  await expectMoving(video)
  await page.context().close()
})

it('[R48] a reloaded page whose browser starts no picture by itself asks for a tap, calls once, and plays at the tap', async () => {
  const page = await openSignedIn(browser, mihari)
  await expectMoving(await watch(page, 'porch'))
  await page.addInitScript(wantTap)
  const calls = countCalls(page)
  await page.reload()
  const tile = tileOf(page, 'porch')
  const start = tile.getByRole('button', { name: en.action.startPicture })
  await start.waitFor()
  await tile.getByText(en.call.blocked.what).waitFor()
  await expectState(tile, 'regaining')
  await start.click()
  await expectState(tile, 'playing')
  await expectMoving(tile.locator('video'))
  expect(calls()).toBe(1)
  await page.context().close()
})
