import type { Browser, Page, Request, WebSocket } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { choosePageLanguage } from '../local/identity/page-text.ts'
import { type SimulatedCamera, startSimulatedCamera } from '../local/simulated-camera/simulated-camera.ts'
import { en } from '../web/text/en.ts'
import { expectMoving, expectPresence, tileOf, watch } from './camera-tile.ts'
import { launchChromium } from './chromium.ts'
import { type MihariProcess, spawnMihari } from './mihari-process.ts'
import { acceptCameras, openSignedIn } from './signed-in-page.ts'

const PATIENCE = { timeout: 15_000 }
const MINUTE = 60_000
const OWNER = 'owner@localhost'

let camera: SimulatedCamera
let mihari: MihariProcess
let browser: Browser

beforeAll(async () => {
  camera = await startSimulatedCamera({ name: 'porch' })
  ;[mihari, browser] = await Promise.all([
    spawnMihari(['--camera', `porch=${camera.url}`], { faults: true }),
    launchChromium(),
  ])
})

afterAll(async () => {
  await browser?.close()
  expect(await mihari?.stop()).toBe(0)
  await camera?.close()
})

const linkOf = (page: Page) => page.locator('main').getAttribute('data-link')
const expectWelcomed = (page: Page) => expect.poll(() => linkOf(page), PATIENCE).toBe('welcomed')

/** From now on. `asked`: for which tokens the issuer was asked; `addresses`: where the page has gone. */
function follow(page: Page) {
  const asked: string[] = []
  const addresses: string[] = []
  const sockets: WebSocket[] = []
  page.on('request', (request) => asked.push(...grantOf(request)))
  page.on('framenavigated', (frame) => addresses.push(frame.url()))
  page.on('websocket', (socket) => sockets.push(socket))
  return { asked, addresses, sockets, open: () => sockets.filter((socket) => !socket.isClosed()).length }
}

function grantOf(request: Request): string[] {
  if (request.method() !== 'POST' || !request.url().endsWith('/identity/token')) return []
  return [new URLSearchParams(request.postData() ?? '').get('grant_type') ?? '']
}

describe('who signs out here', () => {
  it('is shown nothing any more in any tab of the browser, and their pictures and sockets end', async () => {
    const page = await openSignedIn(browser, mihari)
    await expectMoving(await watch(page, 'porch'))
    const tab = await page.context().newPage()
    const { sockets, open } = follow(tab)
    await tab.goto(mihari.url)
    await expectMoving(await watch(tab, 'porch'))
    const elsewhere = await openSignedIn(browser, mihari)

    await page.getByRole('button', { name: `${en.account.title}: ${OWNER}` }).click()
    await page.getByRole('button', { name: en.account.signOut, exact: true }).click()
    for (const out of [page, tab]) {
      await out.getByText(en.session.signedOut.left.what).waitFor(PATIENCE)
      expect(await out.locator('[data-camera], video').count()).toBe(0)
    }
    await expect.poll(open, PATIENCE).toBe(0)
    await expect.poll(() => camera.sessions(), PATIENCE).toBe(0)

    const before = sockets.length
    await tab.reload()
    await tab.getByText(en.session.signedOut.left.what).waitFor(PATIENCE)
    expect(await tab.locator('[data-camera]').count()).toBe(0)
    expect(sockets.length).toBe(before)
    await expectMoving(await watch(elsewhere, 'porch'))
    await elsewhere.context().close()
    await page.context().close()
  })

  it('is signed out at the issuer, too, and has the cameras back by the link that its page sends', async () => {
    const page = await openSignedIn(browser, mihari)
    await page.getByRole('button', { name: `${en.account.title}: ${OWNER}` }).click()
    await page.getByRole('button', { name: en.account.signOut, exact: true }).click()
    await page.getByText(en.session.signedOut.left.what).waitFor(PATIENCE)

    const { text } = choosePageLanguage('en')
    await page.getByRole('button', { name: en.session.signIn }).click()
    await page.getByLabel(text.address).fill(OWNER)
    await page.getByRole('button', { name: text.remind }).click()
    await page.getByText(text.byLinkTitle).waitFor(PATIENCE)
    await expect.poll(() => mihari.mails.get(OWNER), PATIENCE).toBeDefined()
    await page.goto(mihari.mails.get(OWNER) ?? '')
    await tileOf(page, 'porch').waitFor(PATIENCE)
    expect(page.url()).toBe(mihari.url)
    // What was accepted here before stays accepted [R43].
    await expectMoving(await watch(page, 'porch'))
    await page.context().close()
  })
})

describe('a sign-in is renewed without a word', () => {
  it('before its hour is over, by one of its tabs, and the next connection of each is welcomed at once', async () => {
    const context = await browser.newContext({ locale: 'en-US' })
    const tabs = [await context.newPage(), await context.newPage()]
    await context.clock.install()
    for (const tab of tabs) {
      await tab.goto(tab === tabs[0] ? mihari.signInLink : mihari.url)
      await tileOf(tab, 'porch').waitFor(PATIENCE)
      await acceptCameras(tab)
      await expectWelcomed(tab)
    }
    const followed = tabs.map(follow)
    const asked = () => followed.flatMap((one) => one.asked)

    await mihari.inject({ kind: 'clock', aheadMs: 56 * MINUTE })
    await context.clock.fastForward(56 * MINUTE)
    await expect.poll(asked, PATIENCE).toEqual(['refresh_token'])

    await mihari.inject({ kind: 'clock', aheadMs: 8 * MINUTE })
    await context.clock.fastForward(8 * MINUTE)
    const before = followed.map(({ sockets }) => sockets.length)
    await mihari.inject({ kind: 'close', whose: 'viewer', how: 'clean', count: tabs.length })
    for (const [index, tab] of tabs.entries()) {
      await expect.poll(() => followed[index]?.sockets.length, PATIENCE).toBe((before[index] ?? 0) + 1)
      await expectWelcomed(tab)
      await expectMoving(await watch(tab, 'porch'))
    }
    expect(asked()).toEqual(['refresh_token'])
    expect(followed.flatMap(({ addresses }) => addresses)).toEqual([])
    await context.close()
  })

  it('[R30] when the cloud says that it is too old, while the picture goes on', async () => {
    const page = await openSignedIn(browser, mihari)
    const video = await watch(page, 'porch')
    await expectMoving(video)
    const { asked, addresses } = follow(page)
    await mihari.inject({ kind: 'clock', aheadMs: 61 * MINUTE })
    await mihari.inject({ kind: 'close', whose: 'viewer', how: 'clean', count: 1 })
    await expect.poll(() => asked, PATIENCE).toEqual(['refresh_token'])
    await expectWelcomed(page)
    await expectPresence(tileOf(page, 'porch'), 'online')
    await expectMoving(video)
    expect(addresses).toEqual([])
    await page.context().close()
  })
})
