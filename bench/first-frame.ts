import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser, BrowserContext } from 'playwright-core'
import { bareUv4lPage } from '../e2e/bare-uv4l-page.ts'
import { launchChromium } from '../e2e/chromium.ts'
import { openSignedIn } from '../e2e/signed-in-page.ts'
import { en } from '../web/text/en.ts'
import { type BenchedMihari, startBenchedMihari } from './benched-mihari.ts'
import { installProbe, readProbe } from './first-frame-probe.ts'
import { sequentialLegs } from './sequential-legs.ts'
import { summarize } from './statistics.ts'

export interface FirstFrameOptions {
  readonly runs: number
  readonly latencyMs: number
  readonly say: (line: string) => void
}

/** Not counted: the first of each pays for the browser's and the encoder's own start. */
const WARM_UP_RUNS = 2
/** Between runs, so that one's end is not the other's beginning. */
const PAUSE_MS = 250

/** (a) a bare page on the camera's own socket and (b) Mihari, alternating, each in a fresh page. */
export async function benchFirstFrame({ runs, latencyMs, say }: FirstFrameOptions) {
  const mihari = await startBenchedMihari({ latencyMs, say })
  const bare = await serve(bareUv4lPage(mihari.cameraUrl))
  const browser = await launchChromium()
  // Signed in before anything is measured, as a browser at home is.
  const entered = await openSignedIn(browser, mihari)
  const signedIn = entered.context()
  await entered.close()
  const direct: number[] = []
  const through: number[] = []
  const legs: number[] = []
  const billed: number[] = []
  try {
    for (let run = -WARM_UP_RUNS; run < runs; run += 1) {
      const a = await measureDirect(browser, bare.url)
      await pause()
      const b = await measureMihari(signedIn, mihari)
      await pause()
      if (run < 0) continue
      direct.push(a)
      through.push(b.ms)
      legs.push(b.legs)
      billed.push(b.billed)
      say(`${String(run + 1).padStart(3)}  direct ${ms(a)}  Mihari ${ms(b.ms)}`)
    }
  } finally {
    await browser.close()
    bare.close()
    await mihari.stop()
  }

  const [a, b] = [summarize(direct), summarize(through)]
  const differenceMs = round(b.median - a.median)
  const ratio = Math.round((b.median / a.median) * 1000) / 1000
  say(`direct  median ${ms(a.median)} (${ms(a.min)} to ${ms(a.max)})`)
  say(`Mihari  median ${ms(b.median)} (${ms(b.min)} to ${ms(b.max)})`)
  say(`difference ${differenceMs} ms, ratio ${ratio}`)
  const messages = summarize(billed)
  say(`billed messages per view: ${messages.median} (${messages.min} to ${messages.max}), hang-up included`)
  const legCount = latencyMs === 0 ? undefined : summarize(legs)
  if (legCount)
    say(`one-way legs before the camera had its answer: ${legCount.median} (at most ${legCount.max})`)
  return {
    ratio,
    differenceMs,
    directMs: rounded(a),
    mihariMs: rounded(b),
    runs,
    latencyMs,
    billedMessagesPerView: messages.median,
    ...(legCount === undefined ? {} : { legs: legCount.median, mostLegs: legCount.max }),
  }
}

async function measureDirect(browser: Browser, url: string): Promise<number> {
  const page = await browser.newPage()
  await installProbe(page)
  await page.goto(url)
  await page.click('#play')
  const { clickedAt, shownAt } = await readProbe(page)
  await page.click('#hangup')
  await page.close()
  return shownAt - clickedAt
}

async function measureMihari(signedIn: BrowserContext, mihari: BenchedMihari) {
  const page = await signedIn.newPage()
  await installProbe(page)
  await page.goto(mihari.url)
  const tile = page.locator('[data-presence="online"][data-state="idle"]')
  await tile.waitFor()
  await pause()
  const before = mihari.billedMessages()
  const answered = mihari.nextAnswer()
  await tile.getByRole('button').first().click()
  const { clickedAt, shownAt } = await readProbe(page)
  const { at, legs } = await answered
  await pause()
  await page.getByRole('button', { name: en.action.hangUp }).click()
  await tile.waitFor()
  await pause()
  const billed = mihari.billedMessages() - before
  await page.close()
  return { ms: shownAt - clickedAt, billed, legs: sequentialLegs(legs, clickedAt, at) }
}

/** A page of the measured kind needs an origin like Mihari's own. */
async function serve(html: string): Promise<{ url: string; close(): void }> {
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end(html)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  return { url: `http://localhost:${(server.address() as AddressInfo).port}/`, close: () => server.close() }
}

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
const round = (value: number): number => Math.round(value * 10) / 10
const ms = (value: number): string => `${round(value).toFixed(1)} ms`
const rounded = ({ median, min, max }: ReturnType<typeof summarize>) => ({
  median: round(median),
  min: round(min),
  max: round(max),
})
