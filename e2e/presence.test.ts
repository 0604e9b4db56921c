import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type SimulatedCamera, startSimulatedCamera } from '../local/simulated-camera/simulated-camera.ts'
import { en } from '../web/text/en.ts'
import { type CameraProcess, spawnCamera } from './camera-process.ts'
import { tileOf, watch } from './camera-tile.ts'
import { launchChromium } from './chromium.ts'
import type { ConnectorProcess } from './connector-process.ts'
import { type MihariProcess, spawnMihari } from './mihari-process.ts'
import { startPairedConnector } from './pair-connector.ts'
import { makeGuestLink } from './share-sheet.ts'
import { acceptCameras, openFresh, openSignedIn } from './signed-in-page.ts'

/** How long after the cloud knows it every page may take to show a change. */
const SEEN_WITHIN_MS = 2_000
const LATER_MS = 7 * 60_000
/** A quarter of an hour apart from most. */
const ZONE = 'Asia/Kathmandu'

let yard: CameraProcess
/** Takes one viewer. */
let gate: SimulatedCamera
let mihari: MihariProcess
let connector: ConnectorProcess
let browser: Browser
/** Two of the owner's, who sees everything, and one of a guest, who sees the yard alone. */
let owners: readonly [Page, Page]
let guest: Page

beforeAll(async () => {
  ;[yard, gate] = await Promise.all([
    spawnCamera('yard'),
    startSimulatedCamera({ name: 'gate', quirks: { oneFeed: true } }),
  ])
  ;[mihari, browser] = await Promise.all([spawnMihari(['--camera', `box=${yard.url}`]), launchChromium()])
  const cameras = { yard: { url: yard.url }, gate: { url: gate.url, maxCalls: 1 } }
  connector = await startPairedConnector(mihari, cameras, { timePlayed: true })
  owners = [await openPage(), await openPage()]
  guest = await openFresh(browser, await makeGuestLink(owners[0], 'yard', 'Neighbour'))
  await tileOf(guest, 'yard').waitFor()
})

afterAll(async () => {
  await browser?.close()
  expect(await connector?.stop()).toBe(0)
  expect(await mihari?.stop()).toBe(0)
  await Promise.all([yard?.stop(), gate?.close()])
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
async function followPresence(
  pages: readonly Page[],
  name: string,
): Promise<(presence: string) => Promise<number>> {
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

const captionOf = (page: Page) => tileOf(page, 'yard').locator('.caption [role=status]').innerText()

/** What a page in this zone may say of a camera since `at`: its minute may have been over before that was known. */
function sayings(presence: 'offline' | 'unreachable', at: number, timeZone?: string): readonly string[] {
  const time = { hour: 'numeric', minute: '2-digit', hourCycle: 'h23' } as const
  const format = new Intl.DateTimeFormat('en-US', {
    ...time,
    ...(timeZone === undefined ? {} : { timeZone }),
  })
  return [at, at + SEEN_WITHIN_MS].map((since) => en.presence[presence](format.format(since)))
}

describe('[R25] every open page shows within 2 s', () => {
  it('that a connector has ended without a word, and that it is back', async () => {
    const seen = [await followPresence([...owners, guest], 'yard'), await followPresence(owners, 'gate')]
    const killed = Date.now()
    await connector.kill()
    for (const shown of seen) expect((await shown('offline')) - killed).toBeLessThan(SEEN_WITHIN_MS)

    const back = connector.saysNext('"cloud-up"')
    connector.startAgain()
    const up = await back
    for (const shown of seen) expect((await shown('online')) - up).toBeLessThan(SEEN_WITHIN_MS)
  })

  it('that a camera has gone at which nobody looks, and that it is back', async () => {
    const shown = await followPresence([...owners, guest], 'yard')
    // It looks after a camera that nobody uses twice a minute.
    await connector.passTime(30)
    const noticed = connector.saysNext('"state":"unreachable"')
    await yard.kill()
    const goneAt = await noticed
    expect((await shown('unreachable')) - goneAt).toBeLessThan(SEEN_WITHIN_MS)
    for (const page of [...owners, guest])
      expect(sayings('unreachable', goneAt)).toContain(await captionOf(page))

    const found = connector.saysNext('"state":"ready"')
    await yard.startAgain()
    const foundAt = await found
    expect((await shown('online')) - foundAt).toBeLessThan(SEEN_WITHIN_MS)
    await connector.passTime(1)
  })

  it('that the one place at a camera is taken, and that it is free', async () => {
    const [page] = owners
    const shown = await followPresence(owners, 'gate')
    const taken = connector.saysNext('"call-opening"')
    await watch(page, 'gate')
    expect((await shown('busy')) - (await taken)).toBeLessThan(SEEN_WITHIN_MS)

    const over = connector.saysNext('"call-ended"')
    await tileOf(page, 'gate').getByRole('button', { name: en.action.hangUp }).click()
    expect((await shown('online')) - (await over)).toBeLessThan(SEEN_WITHIN_MS)
  })
})

describe('[R25] a camera whose connector was killed', () => {
  it('is said to be offline since then, in the zone of whoever reads it, and later as well', async () => {
    const killed = Date.now()
    await connector.kill()
    for (const page of [...owners, guest]) {
      await tileOf(page, 'yard').getByText(en.presence.offline('')).waitFor()
      expect(sayings('offline', killed)).toContain(await captionOf(page))
    }
    const later = await openSignedIn(browser, mihari, { timezoneId: ZONE })
    await later.addInitScript((ms) => {
      const { now } = Date
      Date.now = () => now() + ms
    }, LATER_MS)
    await later.reload()
    await tileOf(later, 'yard').waitFor()
    expect(sayings('offline', killed, ZONE)).toContain(await captionOf(later))

    const back = connector.saysNext('"cloud-up"')
    connector.startAgain()
    await back
  })
})
