import { lookup } from 'node:dns'
import type { LookupFunction } from 'node:net'
import type { Clock } from '../clock/clock.ts'

/** Long enough for the attempt after the one that could not wait for it. */
const REMEMBERED_MS = 60_000

type Answer = Parameters<Parameters<LookupFunction>[2]>
type Done = (...answer: Answer) => void

/**
 * Looks names up as Node does, but each by one question at a time, whose answer is everybody's: Node asks on two
 * threads, and the cameras' names need one of them. With a nameserver that is dead an answer takes 5 s or more, longer
 * than an attempt to connect lasts; so the last good one serves at once, while the next is asked for.
 */
export function createSharedLookup(
  { now }: Pick<Clock, 'now'>,
  ask: LookupFunction = lookup as LookupFunction,
): LookupFunction {
  const asked = new Map<string, Done[]>()
  const known = new Map<string, { readonly answer: Answer; readonly at: number }>()
  return (hostname, options, done) => {
    const last = known.get(hostname)
    const remembered = last !== undefined && now() - last.at < REMEMBERED_MS
    if (remembered) process.nextTick(() => done(...last.answer))
    const waiting: Done[] = remembered ? [] : [done]
    const others = asked.get(hostname)
    if (others !== undefined) {
      others.push(...waiting)
      return
    }
    asked.set(hostname, waiting)
    ask(hostname, options, (...answer) => {
      asked.delete(hostname)
      if (answer[0] === null) known.set(hostname, { answer, at: now() })
      for (const each of waiting) each(...answer)
    })
  }
}
