import type { Page } from 'playwright-core'
import { tileOf } from './camera-tile.ts'

/** How often the picture of the tile was not there since this was asked. */
export async function countInterruptions(page: Page, name: string): Promise<() => Promise<number>> {
  const counter = await tileOf(page, name).evaluateHandle((tile) => {
    const seen = { count: 0 }
    new MutationObserver(() => {
      if (tile.getAttribute('data-state') !== 'playing') seen.count += 1
    }).observe(tile, { attributeFilter: ['data-state'] })
    return seen
  })
  return () => counter.evaluate(({ count }) => count)
}
