import type { Locator, Page } from 'playwright-core'
import { groupedId } from '../protocol/identifiers.ts'
import { en } from '../web/text/en.ts'
import { PANELS_EN } from '../web/text/panels-en.ts'

/** The devices and the people of the deployment, as an owner opens them. */
export async function openSettings(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: en.account.settings }).click()
  const sheet = page.getByRole('dialog', { name: en.account.settings })
  await sheet.getByText(PANELS_EN.settings.devices).waitFor()
  return sheet
}

/** What stands of the device, whatever it is called. */
export function deviceIn(sheet: Locator, device: string): Locator {
  return sheet.locator('li', { hasText: groupedId(device).join(' ') })
}

/** And with what can be done to it. */
export async function openDevice(sheet: Locator, device: string): Promise<Locator> {
  const row = deviceIn(sheet, device)
  await row.locator('summary').click()
  return row
}
