import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { en } from '../web/text/en.ts'
import { PANELS_EN } from '../web/text/panels-en.ts'
import { tileOf } from './camera-tile.ts'
import type { MihariProcess } from './mihari-process.ts'
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

/** The link in the mail to a person who had no account. */
export async function inviteByMail(
  page: Page,
  { mails }: MihariProcess,
  name: string,
  email: string,
): Promise<string> {
  const sheet = await openShareSheet(page, name)
  await sheet.getByText(share.person, { exact: true }).click()
  await sheet.getByLabel(share.email).fill(email)
  await sheet.getByRole('button', { name: share.add, exact: true }).click()
  await expect.poll(() => mails.get(email), { timeout: 15_000 }).toBeDefined()
  await closeSheet(sheet)
  return mails.get(email) ?? ''
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
