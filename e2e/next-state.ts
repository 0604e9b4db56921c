import type { Locator } from 'playwright-core'
import { expect } from 'vitest'

/** Gives when the tile is next in one of these states, by the page's own clock. */
export async function nextState(tile: Locator, ...states: readonly string[]): Promise<() => Promise<number>> {
  const time = await tile.evaluateHandle((element, wanted) => {
    const seen = { at: 0 }
    new MutationObserver(() => {
      if (wanted.includes(element.getAttribute('data-state') ?? '')) seen.at ||= Date.now()
    }).observe(element, { attributeFilter: ['data-state'] })
    return seen
  }, states)
  return async () => {
    await expect.poll(() => time.evaluate(({ at }) => at), { timeout: 15_000 }).toBeGreaterThan(0)
    return time.evaluate(({ at }) => at)
  }
}
