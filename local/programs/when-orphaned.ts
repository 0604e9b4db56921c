const CHECK_MS = 500

/**
 * Calls back when the parent of this process is gone, if npm started it: npm ends the shell that it ran this in, and
 * the shell tells nobody, so that the port would stay taken.
 */
export function whenOrphaned(stop: () => void): void {
  if (process.env['npm_lifecycle_event'] === undefined) return
  const parent = process.ppid
  setInterval(() => {
    if (process.ppid !== parent) stop()
  }, CHECK_MS).unref()
}
