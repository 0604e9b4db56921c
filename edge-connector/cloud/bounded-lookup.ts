import { lookup } from 'node:dns'
import type { LookupFunction } from 'node:net'

/** Node asks for names on four threads, and one that nobody answers takes one for 20 s or more. */
const MOST_PENDING = 2

/**
 * Looks names up as Node does, but fails at once while two of the like are waited for: attempts to connect that go on
 * for a day must not queue for a day.
 */
export function createBoundedLookup(ask: LookupFunction = lookup as LookupFunction): LookupFunction {
  let pending = 0
  return (hostname, options, done) => {
    if (pending >= MOST_PENDING) {
      const words = `looking up ${hostname} takes long`
      process.nextTick(() => done(Object.assign(new Error(words), { code: 'EAI_AGAIN' }), ''))
      return
    }
    pending += 1
    ask(hostname, options, (...answer) => {
      pending -= 1
      done(...answer)
    })
  }
}
