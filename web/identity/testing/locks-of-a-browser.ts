type Held = () => unknown

/** Of all its tabs, as the Web Locks API has them: each name is held by one at a time, in the order of asking. */
export function locksOfABrowser(): Pick<LockManager, 'request'> {
  const holders = new Map<string, object>()
  const waiting = new Map<string, (() => void)[]>()

  async function request(name: string, first: LockOptions | Held, second?: Held): Promise<unknown> {
    const { signal, steal = false } = typeof first === 'function' ? {} : first
    const held = typeof first === 'function' ? first : (second as Held)
    if (!steal && holders.has(name))
      await new Promise<void>((resolve) => waiting.set(name, [...(waiting.get(name) ?? []), resolve]))
    const own = {}
    holders.set(name, own)
    try {
      signal?.throwIfAborted()
      return await held()
    } finally {
      if (holders.get(name) === own) {
        holders.delete(name)
        waiting.get(name)?.shift()?.()
      }
    }
  }
  return { request } as unknown as Pick<LockManager, 'request'>
}
