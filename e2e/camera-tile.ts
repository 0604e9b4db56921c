import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { captureTimeOf } from './capture-time.ts'

const PATIENCE = { timeout: 15_000 }

/** The tile of the camera of this name. */
export function tileOf(page: Page, name: string): Locator {
  return page.locator(`[data-camera$=".${name}"]`)
}

/** One click, and the picture is there. */
export async function watch(page: Page, name: string): Promise<Locator> {
  const tile = tileOf(page, name)
  await expectPresence(tile, 'online')
  await tile.getByRole('button').first().click()
  await expectState(tile, 'playing')
  return tile.locator('video')
}

export async function expectState(tile: Locator, state: string): Promise<void> {
  await expect.poll(() => tile.getAttribute('data-state'), PATIENCE).toBe(state)
}

export async function expectPresence(tile: Locator, presence: string): Promise<void> {
  await expect.poll(() => tile.getAttribute('data-presence'), PATIENCE).toBe(presence)
}

/** The picture is decoded, is the camera's own, and goes on. */
export async function expectMoving(video: Locator): Promise<void> {
  await expect.poll(() => captureTimeOf(video), PATIENCE).toBeGreaterThan(0)
  const first = (await captureTimeOf(video)) ?? 0
  await expect.poll(() => captureTimeOf(video), PATIENCE).toBeGreaterThan(first)
}
