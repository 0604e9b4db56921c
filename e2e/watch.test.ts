import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { en } from '../web/text/en.ts'
import { expectMoving, expectPresence, expectState, tileOf, watch } from './camera-tile.ts'
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

const openPage = () => openSignedIn(browser, mihari)

describe('a person with npm start', () => {
  it('sees both cameras with their presence, and each live at one click', async () => {
    const page = await openPage()
    await expectPresence(tileOf(page, 'porch'), 'online')
    await expectPresence(tileOf(page, 'garden'), 'online')

    await expectMoving(await watch(page, 'porch'))
    await tileOf(page, 'porch').getByRole('button', { name: en.action.hangUp }).click()
    await expectState(tileOf(page, 'porch'), 'idle')

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
