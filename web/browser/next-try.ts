/** Until it is worth trying again: after a pause, or at once when the network is back or the page is looked at again. */
export function nextTry(pauseMs: number): Promise<void> {
  return new Promise((resolve) => {
    const done = new AbortController()
    const { signal } = done
    const go = () => {
      clearTimeout(timer)
      done.abort()
      resolve()
    }
    const timer = setTimeout(go, pauseMs)
    window.addEventListener('online', go, { signal })
    window.addEventListener('pageshow', go, { signal })
    document.addEventListener(
      'visibilitychange',
      () => {
        if (document.visibilityState === 'visible') go()
      },
      { signal },
    )
  })
}
