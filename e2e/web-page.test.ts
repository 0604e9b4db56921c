import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { build } from 'vite'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { en } from '../web/text/en.ts'
import { ja } from '../web/text/ja.ts'
import { openCanvasCamera } from './canvas-camera.ts'
import { launchChromium } from './chromium.ts'
import { camera, type ScriptedCloud, signedOffer, startScriptedCloud } from './scripted-cloud.ts'

const PORCH = camera('porch', { label: 'Porch' })
const GARDEN = camera('garden', {
  label: 'Garden',
  state: 'offline',
  since: Date.parse('2026-11-20T05:05:00Z'),
})

let folder: string
let browser: Browser
let cloud: ScriptedCloud
let complaints: string[]
/** What a test of an outage brings upon itself: the browser complains of each connection that fails. */
let allowed: readonly RegExp[]
const NO_CONNECTION = /^WebSocket connection to \S+ failed/
const NO_SETTINGS = /the server responded with a status of 404/

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mihari-web-'))
  const configFile = fileURLToPath(new URL('../web/vite.config.ts', import.meta.url))
  await build({ configFile, logLevel: 'error', build: { outDir: folder } })
  browser = await launchChromium()
  cloud = await startScriptedCloud(folder)
})

afterAll(async () => {
  await browser?.close()
  await cloud?.stop()
  await rm(folder, { recursive: true, force: true })
})

beforeEach(() => {
  complaints = []
  allowed = []
})

afterEach(async () => {
  for (const context of browser.contexts()) await context.close()
  cloud.open()
  cloud.setConfigured(true)
  const unforeseen = complaints.filter((complaint) => !allowed.some((pattern) => pattern.test(complaint)))
  expect(unforeseen).toEqual([])
})

async function openPage(options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ locale: 'en-US', timezoneId: 'Asia/Tokyo', ...options })
  await cloud.signIn(context)
  return visit(await context.newPage())
}

async function visit(page: Page, url = cloud.url): Promise<Page> {
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
  })
  await page.goto(url)
  return page
}

const tile = (page: Page, name = 'porch') => page.locator(`[data-camera$=".${name}"]`)
const state = (page: Page, phase: string) => page.locator(`[data-camera$=".porch"][data-state="${phase}"]`)
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name })

async function placeCall(page: Page): Promise<string> {
  const call = cloud.next('call')
  await button(page, 'Watch live Porch').click()
  return (await call).call
}

/** Until its picture moves. */
async function playPicture(page: Page, press: string | RegExp, sound = false) {
  const source = await openCanvasCamera(browser, { sound })
  const sdp = await source.offer()
  const call = cloud.next('call')
  const answer = cloud.next('answer')
  await button(page, press).click()
  cloud.say(signedOffer((await call).call, (await call).camera, sdp))
  await source.answer((await answer).sdp)
  await state(page, 'playing').waitFor()
  return { source, call: (await call).call }
}

it('says in both languages what to do while there is no camera', async () => {
  cloud.setCameras()
  for (const [locale, text] of [
    ['en-US', en],
    ['ja-JP', ja],
  ] as const) {
    const page = await openPage({ locale })
    await page.getByText(text.service.noCamera.advice).waitFor()
    expect(await page.title()).toBe(text.title)
    expect(await page.locator('html').getAttribute('lang')).toBe(locale.slice(0, 2))
  }
})

it('[R25] shows each camera with its presence in words, and changes as they come', async () => {
  cloud.setCameras(PORCH, GARDEN)
  const page = await openPage()
  await tile(page).getByText('Online').waitFor()
  await tile(page, 'garden').getByText('Offline since Nov 20, 14:05').waitFor()
  const since = Date.now() + 1_000
  cloud.say({ type: 'presence', camera: GARDEN.camera, state: 'online', since })
  await tile(page, 'garden').getByText('Online').waitFor()
  cloud.say({ type: 'presence', camera: GARDEN.camera, label: 'Pond', state: 'online', since })
  await button(page, 'Watch live Pond').waitFor()
  cloud.say({ type: 'presence', camera: PORCH.camera, state: 'removed', since })
  await tile(page).waitFor({ state: 'detached' })
})

it('switches the language at once, and remembers it', async () => {
  cloud.setCameras(PORCH)
  const page = await openPage()
  await button(page, '日本語').click()
  await button(page, '映像を見る Porch').waitFor()
  await page.reload()
  await button(page, '映像を見る Porch').waitFor()
  expect(await page.locator('html').getAttribute('lang')).toBe('ja')
})

it('works without storage', async () => {
  cloud.setCameras(PORCH)
  const context = await browser.newContext({ locale: 'en-US' })
  await context.addInitScript(() => {
    Object.defineProperty(window, 'localStorage', {
      get: () => {
        throw new DOMException('no storage', 'SecurityError')
      },
    })
  })
  const page = await visit(await context.newPage(), cloud.guestUrl)
  await button(page, '日本語').click()
  // A guest's link calls its camera at once.
  await page.getByText(ja.call.calling).waitFor()
})

it('plays with one click, says so, and hangs up', async () => {
  cloud.setCameras(PORCH, GARDEN)
  const page = await openPage()
  const { call, source } = await playPicture(page, 'Watch live Porch', true)
  await tile(page).getByText('Live', { exact: true }).waitFor()
  const video = tile(page).locator('video')
  await page.waitForFunction(() => (document.querySelector('video')?.currentTime ?? 0) > 0.2)
  expect(await video.evaluate((element: HTMLVideoElement) => element.muted)).toBe(true)
  await button(page, 'Turn sound on').click()
  expect(await video.evaluate((element: HTMLVideoElement) => element.muted)).toBe(false)
  await button(page, 'Full screen').click()
  await button(page, 'Leave full screen').click()
  const hangup = cloud.next('hangup')
  await button(page, en.action.hangUp).click()
  expect(await hangup).toMatchObject({ call, reason: 'viewer-left' })
  await button(page, 'Watch live Porch').waitFor()
  expect(await video.count()).toBe(0)
  await source.close()
})

it('offers no sound where there is none', async () => {
  cloud.setCameras(PORCH)
  const page = await openPage()
  const { source } = await playPicture(page, 'Watch live Porch')
  await button(page, 'Full screen').waitFor()
  expect(await button(page, /sound/).count()).toBe(0)
  await source.close()
})

it('[R24] keeps playing while the service is away, and says that it is', async () => {
  allowed = [NO_CONNECTION]
  cloud.setCameras(PORCH)
  const page = await openPage()
  const { source } = await playPicture(page, 'Watch live Porch')
  cloud.shut()
  await page.getByText(/Reconnecting to the service|The service cannot be reached/).waitFor()
  const hello = cloud.next('hello')
  cloud.open()
  await page.getByText('Live', { exact: true }).waitFor()
  await hello
  await page.locator('main[data-link="welcomed"]').waitFor()
  expect(await state(page, 'playing').count()).toBe(1)
  await source.close()
})

it('says at every step of a failing call what happens, and what to do', async () => {
  cloud.setCameras(PORCH)
  const page = await openPage()
  const call = await placeCall(page)
  await page.getByText(en.call.calling).waitFor()
  await page.getByText(en.call.slow.advice).waitFor()
  cloud.say({ type: 'error', code: 'camera-refused', call, detail: 'the lens is covered' })
  await page.getByText('the lens is covered').waitFor()
  await page.getByText(en.failures['camera-refused'].advice).waitFor()
  expect(await tile(page).getAttribute('data-failure')).toBe('camera-refused')
  await button(page, '日本語').click()
  await page.getByText(ja.failures['camera-refused'].advice).waitFor()

  const again = cloud.next('call')
  await button(page, ja.action.tryAgain).click()
  cloud.say({ type: 'error', code: 'camera-busy', call: (await again).call })
  await page.getByText(ja.failures['camera-busy'].advice).waitFor()
  await button(page, ja.action.close).click()
  await button(page, '映像を見る Porch').waitFor()
})

it('fails in words at an offer that the browser cannot use', async () => {
  cloud.setCameras(PORCH)
  const page = await openPage()
  const call = await placeCall(page)
  const hangup = cloud.next('hangup')
  cloud.say(signedOffer(call, PORCH.camera, 'v=0\r\na=fingerprint:sha-256 AB:CD\r\nno offer\r\n'))
  await page.getByText(en.failures['browser-refused'].advice).waitFor()
  expect(await hangup).toMatchObject({ call, reason: 'viewer-failed' })
})

it('says how a call ended that the camera’s end ended', async () => {
  cloud.setCameras(PORCH)
  const page = await openPage()
  const { call, source } = await playPicture(page, 'Watch live Porch')
  cloud.say({ type: 'hangup', call, reason: 'taken-over' })
  await page.getByText(en.endings['taken-over'].advice).waitFor()
  await state(page, 'ended').waitFor()
  await source.close()
})

it('hangs up when the page is left', async () => {
  cloud.setCameras(PORCH)
  const page = await openPage()
  const call = await placeCall(page)
  const hangup = cloud.next('hangup')
  await page.goto('about:blank')
  expect(await hangup).toMatchObject({ call, reason: 'viewer-left' })
})

it('says that the service cannot be reached, and connects when it can', async () => {
  allowed = [NO_CONNECTION]
  cloud.setCameras(PORCH)
  cloud.shut()
  const page = await openPage()
  await page.getByText(en.service.unreachable.advice).waitFor()
  cloud.open()
  await button(page, 'Watch live Porch').waitFor()
})

it('says that its settings are missing', async () => {
  allowed = [NO_SETTINGS]
  cloud.setConfigured(false)
  const page = await openPage()
  await page.getByText(en.service.settingsMissing.advice).waitFor()
  cloud.setConfigured(true)
  cloud.setCameras(PORCH)
  await button(page, 'Reload').click()
  await button(page, 'Watch live Porch').waitFor()
})

it('is used by keyboard alone, and keeps the focus on what does the next thing', async () => {
  cloud.setCameras(PORCH, GARDEN)
  const page = await openPage()
  await button(page, 'Watch live Porch').waitFor()
  const focused = () => page.evaluate(() => document.activeElement?.textContent?.trim())
  const go = async (key: string, to: string) => {
    const passed: (string | undefined)[] = []
    while (passed.at(-1) !== to && passed.length < 20) {
      await page.keyboard.press(key)
      passed.push(await focused())
    }
    return passed
  }
  const passed = await go('Tab', 'Watch live Porch')
  expect(passed).toContain('日本語')
  expect(passed.findIndex((name) => name?.endsWith('Try anyway Garden'))).toBeGreaterThan(0)
  expect(passed.at(-1)).toBe('Watch live Porch')
  const call = cloud.next('call')
  await page.keyboard.press('Enter')
  const { call: id } = await call
  await expect.poll(focused).toBe('Cancel')
  cloud.say({ type: 'error', code: 'camera-busy', call: id })
  await expect.poll(focused).toBe('Close')
  const again = cloud.next('call')
  expect(await go('Shift+Tab', 'Try again')).toHaveLength(2)
  await page.keyboard.press('Space')
  await again
  await expect.poll(focused).toBe('Cancel')
  await page.keyboard.press('Enter')
  await expect.poll(focused).toBe('Watch live Porch')
})

it('fits a phone of 360 px in both languages, with targets large enough for a thumb', async () => {
  const long = camera('long', { label: 'Workshop at the far end of the garden', state: 'unreachable' })
  cloud.setCameras(PORCH, GARDEN, long, camera('busy', { label: '子ども部屋', state: 'busy' }))
  for (const locale of ['en-US', 'ja-JP']) {
    const page = await openPage({ locale, viewport: { width: 360, height: 640 }, hasTouch: true })
    const { source, call } = await playPicture(page, /^(Watch live|映像を見る) Porch$/)
    for (const step of ['playing', 'failed']) {
      await state(page, step).waitFor()
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360)
      const sizes = await page
        .getByRole('button')
        .evaluateAll((buttons) => buttons.map((element) => element.getBoundingClientRect()))
      for (const { width, height } of sizes) expect(Math.min(width, height)).toBeGreaterThanOrEqual(44)
      cloud.say({ type: 'error', code: 'camera-garbled', call, detail: 'x'.repeat(400) })
    }
    await source.close()
  }
})

it('several cameras play at once, each until it is hung up itself', async () => {
  const second = camera('garden', { label: 'Garden' })
  cloud.setCameras(PORCH, second)
  const page = await openPage({ viewport: { width: 1280, height: 800 } })
  const first = await playPicture(page, 'Watch live Porch')
  const other = await playPicture(page, 'Watch live Garden')
  await tile(page, 'garden').and(page.locator('[data-state="playing"]')).waitFor()
  await tile(page, 'garden').getByRole('button', { name: en.action.hangUp }).click()
  await button(page, 'Watch live Garden').waitFor()
  expect(await state(page, 'playing').count()).toBe(1)
  // Below the open camera and the ones beside it there is nothing to scroll to.
  expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBeLessThanOrEqual(800)
  await first.source.close()
  await other.source.close()
})
