/** What of a page it takes to know whether it is seen. */
type Seen = Pick<Document, 'visibilityState' | 'addEventListener'>

/**
 * Keeps the screen on while it is wanted and the page is seen; the browser itself lets go of a page that is not. Where
 * it has no such lock, or refuses it, as with a low battery, the screen goes dark as ever.
 */
export function keepScreenOn(page: Seen, locks: WakeLock | undefined): (wanted: boolean) => void {
  let wanted = false
  let held: WakeLockSentinel | null = null
  let busy = false

  async function settle(): Promise<void> {
    const hold = wanted && page.visibilityState === 'visible'
    if (locks === undefined || busy || hold === (held !== null)) return
    busy = true
    const done = await (hold ? take(locks) : letGo()).catch(() => false)
    busy = false
    // What is wanted may have changed meanwhile.
    if (done) await settle()
  }

  async function take(from: WakeLock): Promise<true> {
    const lock = await from.request('screen')
    held = lock
    lock.addEventListener('release', () => {
      if (held === lock) held = null
    })
    return true
  }

  async function letGo(): Promise<true> {
    const lock = held
    held = null
    await lock?.release()
    return true
  }

  page.addEventListener('visibilitychange', () => void settle())
  return (now) => {
    if (now === wanted) return
    wanted = now
    void settle()
  }
}
