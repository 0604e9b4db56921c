import type { Locator, Page } from 'playwright-core'
import { en } from '../web/text/en.ts'
import { PANELS_EN } from '../web/text/panels-en.ts'
import { tileOf } from './camera-tile.ts'
import { noteSecret } from './transcripts.ts'

const { share, grants, history } = PANELS_EN

/** Everything about who sees the camera, as an owner opens it. */
export async function openShareSheet(page: Page, name: string): Promise<Locator> {
  await tileOf(page, name)
    .getByRole('button', { name: en.sharing.shareCamera(name) })
    .click()
  const sheet = page.getByRole('dialog')
  await sheet.getByText(grants.title).waitFor()
  return sheet
}

export async function closeSheet(sheet: Locator): Promise<void> {
  await sheet.getByRole('button', { name: en.action.close, exact: true }).first().click()
  await sheet.waitFor({ state: 'detached' })
}

/** A guest link for an hour, made in the page; its secret is known to nobody else. */
export async function makeGuestLink(page: Page, name: string, label: string): Promise<string> {
  const sheet = await openShareSheet(page, name)
  await sheet.getByText(share.link, { exact: true }).click()
  await sheet.getByLabel(share.linkLabel).fill(label)
  await sheet.getByText(share.until.hour, { exact: true }).click()
  await sheet.getByRole('button', { name: share.make }).click()
  const link = await sheet.getByRole('textbox', { name: share.made.what }).inputValue()
  noteSecret(new URLSearchParams(new URL(link).hash.slice(1)).get('guest') ?? link)
  await closeSheet(sheet)
  return link
}

/** Up to the last click, which is the caller's. */
export async function prepareRevoking(page: Page, name: string, whom: string): Promise<Locator> {
  const sheet = await openShareSheet(page, name)
  await sheet.getByRole('button', { name: grants.revokeOf(whom) }).click()
  return sheet.getByRole('button', { name: /^Remove (the link|access)$/ })
}

/** The lines of who watched, the newest first. */
export async function readHistory(page: Page, name: string): Promise<readonly string[]> {
  const sheet = await openShareSheet(page, name)
  await sheet.getByText(history.title).click()
  const rows = sheet.locator('details', { hasText: history.title }).locator('li')
  await rows.first().waitFor()
  const lines = await rows.allInnerTexts()
  await closeSheet(sheet)
  return lines
}
