import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type SimulatedCamera, startSimulatedCamera } from '../local/simulated-camera/simulated-camera.ts'
import { en } from '../web/text/en.ts'
import { tileOf, watch } from './camera-tile.ts'
import { launchChromium } from './chromium.ts'
import type { ConnectorProcess } from './connector-process.ts'
import { type MihariProcess, spawnMihari } from './mihari-process.ts'
import { startPairedConnector } from './pair-connector.ts'
import { acceptCameras, openSignedIn } from './signed-in-page.ts'

/** How long after the cloud knows it every page may take to show a change. */
const SEEN_WITHIN_MS = 2_000

let yard: SimulatedCamera
/** Takes one viewer. */
let gate: SimulatedCamera
let mihari: MihariProcess
let connector: ConnectorProcess
let browser: Browser
let pages: readonly Page[]

beforeAll(async () => {
  ;[yard, gate] = await Promise.all([
    startSimulatedCamera({ name: 'yard' }),
    startSimulatedCamera({ name: 'gate', quirks: { oneFeed: true } }),
  ])
  ;[mihari, browser] = await Promise.all([spawnMihari(['--camera', `box=${yard.url}`]), launchChromium()])
  connector = await startPairedConnector(mihari, {
    yard: { url: yard.url },
    gate: { url: gate.url, maxCalls: 1 },
  })
  pages = [await openPage(), await openPage()]
})

afterAll(async () => {
  await browser?.close()
  expect(await connector?.stop()).toBe(0)
  expect(await mihari?.stop()).toBe(0)
  await Promise.all([yard?.close(), gate?.close()])
})

async function openPage(): Promise<Page> {
  const page = await openSignedIn(browser, mihari)
  for (const name of ['yard', 'gate']) {
    await page.locator(`[data-camera$=".${name}"][data-presence="online"]`).waitFor()
  }
  await acceptCameras(page)
  return page
}

/** What each page shows of the camera from now on; asked for a presence, when the last page first showed it. */
async function followPresence(name: string): Promise<(presence: string) => Promise<number>> {
  const followed = await Promise.all(
    pages.map((page) =>
      tileOf(page, name).evaluateHandle((tile) => {
        const seen: { presence: string | null; at: number }[] = []
        new MutationObserver(() => {
          seen.push({ presence: tile.getAttribute('data-presence'), at: Date.now() })
        }).observe(tile, { attributeFilter: ['data-presence'] })
        return seen
      }),
    ),
  )
  return async (wanted) => {
    const times: number[] = []
    for (const page of followed) {
      const seenAt = () =>
        page.evaluate((seen, presence) => seen.find((one) => one.presence === presence)?.at ?? null, wanted)
      await expect.poll(seenAt, { timeout: 15_000 }).not.toBeNull()
      times.push((await seenAt()) ?? 0)
    }
    return Math.max(...times)
  }
}

describe('[R25] every open page shows within 2 s', () => {
  it('that a connector has ended without a word, and that it is back', async () => {
    const seen = await Promise.all([followPresence('yard'), followPresence('gate')])
    const killed = Date.now()
    await connector.kill()
    for (const shown of seen) expect((await shown('offline')) - killed).toBeLessThan(SEEN_WITHIN_MS)

    const back = connector.saysNext('"cloud-up"')
    connector.startAgain()
    const up = await back
    for (const shown of seen) expect((await shown('online')) - up).toBeLessThan(SEEN_WITHIN_MS)
  })

  it('that the one place at a camera is taken, and that it is free', async () => {
    const [page] = pages
    if (page === undefined) throw new Error('no page')
    const shown = await followPresence('gate')
    const taken = connector.saysNext('"call-opening"')
    await watch(page, 'gate')
    expect((await shown('busy')) - (await taken)).toBeLessThan(SEEN_WITHIN_MS)

    const over = connector.saysNext('"call-ended"')
    await tileOf(page, 'gate').getByRole('button', { name: en.action.hangUp }).click()
    expect((await shown('online')) - (await over)).toBeLessThan(SEEN_WITHIN_MS)
  })
})
