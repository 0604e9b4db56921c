import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { en } from '../web/text/en.ts'
import type { MihariProcess } from './mihari-process.ts'

const PATIENCE = { timeout: 15_000 }

/** A browser of the owner's own, signed in by the link, that knows the cameras at home. */
export async function openSignedIn(
  browser: Browser,
  { signInLink }: Pick<MihariProcess, 'signInLink'>,
  options: BrowserContextOptions = {},
): Promise<Page> {
  const page = await openFresh(browser, signInLink, options)
  await page.locator('[data-camera]').first().waitFor(PATIENCE)
  await acceptCameras(page)
  return page
}

/** A browser that has been nowhere yet. */
export async function openFresh(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<Page> {
  const page = await (await browser.newContext({ locale: 'en-US', ...options })).newPage()
  await page.goto(url)
  return page
}

/** [R43] says of each device that is new to this browser that it is one's own. */
export async function acceptCameras(page: Page): Promise<void> {
  const added = page.locator('[data-camera][data-new="true"]')
  for (let left = await added.count(); left > 0; left = await added.count()) {
    const camera = await added.first().getAttribute('data-camera')
    await added.first().getByRole('button', { name: en.newCamera.add }).click()
    await page.locator(`[data-camera="${camera}"][data-new="false"]`).waitFor(PATIENCE)
  }
}
