import type { CallRecord } from './records.ts'

/**
 * What a warm function remembers between events: a message of a known call then costs no database read. It may
 * be stale, as every instance has its own; a connection that turns out gone is evicted and read again.
 */
export interface RoutesCache {
  readonly calls: BoundedMap<CallRecord>
  readonly deviceConnections: BoundedMap<string>
}

export function createRoutesCache(capacity = 1000): RoutesCache {
  return { calls: new BoundedMap(capacity), deviceConnections: new BoundedMap(capacity) }
}

/** Forgets what was written longest ago. */
class BoundedMap<Value> {
  readonly #entries = new Map<string, Value>()
  readonly #capacity: number

  constructor(capacity: number) {
    this.#capacity = capacity
  }

  get(key: string): Value | undefined {
    return this.#entries.get(key)
  }

  set(key: string, value: Value): void {
    this.#entries.delete(key)
    this.#entries.set(key, value)
    const [oldest] = this.#entries.keys()
    if (this.#entries.size > this.#capacity && oldest !== undefined) this.#entries.delete(oldest)
  }

  delete(key: string): void {
    this.#entries.delete(key)
  }
}
