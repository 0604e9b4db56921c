import type { CallRecord } from './records.ts'

/** For so long a function goes by what it has read, of a call that is running [R34]. */
export const ROUTE_MS = 10_000

/**
 * What a warm function remembers between events: a message of a known call then costs no database read. It may
 * be stale, as every instance has its own; a connection that turns out gone is evicted and read again.
 */
export interface RoutesCache {
  /** By `callKey`. */
  readonly calls: RecentMap<CallRecord>
  readonly deviceConnections: RecentMap<string>
}

export function createRoutesCache(capacity = 1000): RoutesCache {
  return { calls: new RecentMap(capacity), deviceConnections: new RecentMap(capacity) }
}

/** A call is looked up as one of a device's: nobody finds it by its id alone. */
export function callKey(device: string, call: string): string {
  return `${device}/${call}`
}

interface Entry<Value> {
  readonly value: Value
  readonly readAt: number
}

/** Forgets what is too old, and of the rest what was written longest ago. Times in epoch ms. */
class RecentMap<Value> {
  readonly #entries = new Map<string, Entry<Value>>()
  readonly #capacity: number

  constructor(capacity: number) {
    this.#capacity = capacity
  }

  get(key: string, now: number): Value | undefined {
    const entry = this.#entries.get(key)
    return entry !== undefined && now - entry.readAt < ROUTE_MS ? entry.value : undefined
  }

  /** `readAt`: before the value was read, for it may have changed while it was on its way. */
  set(key: string, value: Value, readAt: number): void {
    this.#entries.delete(key)
    this.#entries.set(key, { value, readAt })
    const [oldest] = this.#entries.keys()
    if (this.#entries.size > this.#capacity && oldest !== undefined) this.#entries.delete(oldest)
  }

  delete(key: string): void {
    this.#entries.delete(key)
  }
}
