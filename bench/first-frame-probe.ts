import type { Page } from 'playwright-core'

declare global {
  interface Window {
    firstFrameAfterClick?: { clickedAt: number; shownAt: number } | undefined
  }
}

/** Puts the same stop-watch into every page, whoever wrote it: from a click to the first decoded frame. */
export async function installProbe(page: Page): Promise<void> {
  await page.addInitScript(() => {
    document.addEventListener(
      'click',
      () => {
        const clickedAt = performance.timeOrigin + performance.now()
        window.firstFrameAfterClick = undefined
        const watched = new WeakSet<HTMLVideoElement>()
        const watch = (): void => {
          for (const video of document.querySelectorAll('video')) {
            if (watched.has(video)) continue
            watched.add(video)
            video.requestVideoFrameCallback(() => {
              observer.disconnect()
              const shownAt = performance.timeOrigin + performance.now()
              window.firstFrameAfterClick ??= { clickedAt, shownAt }
            })
          }
        }
        const observer = new MutationObserver(watch)
        observer.observe(document, { childList: true, subtree: true })
        watch()
      },
      { capture: true },
    )
  })
}

/** Epoch milliseconds of the click and of the first frame after it. */
export async function readProbe(page: Page): Promise<{ clickedAt: number; shownAt: number }> {
  const deadline = Date.now() + 20_000
  while (Date.now() < deadline) {
    const measured = await page.evaluate(() => window.firstFrameAfterClick)
    if (measured !== undefined) return measured
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error('no frame within 20 s of the click')
}
