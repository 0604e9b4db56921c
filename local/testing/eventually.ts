import { expect } from 'vitest'

/** Waits for what other threads and sockets bring about, however busy the machine is. */
export function eventually<T>(read: () => T) {
  return expect.poll(read, { timeout: 15_000, interval: 5 })
}
