/**
 * Waits for all, then fails like the first that failed: what still runs when a function has answered is frozen with
 * it.
 */
export async function settleAll(running: readonly Promise<unknown>[]): Promise<void> {
  const failed = (await Promise.allSettled(running)).find((result) => result.status === 'rejected')
  if (failed !== undefined) throw failed.reason
}
