import fc from 'fast-check'
import { expect, test } from 'vitest'
import { conditions, start, timer, unreached } from '../testing/play-link.ts'
import { INITIAL_LINK, type LinkEvent, type LinkState } from './link-state.ts'
import { stepLink } from './step-link.ts'

/** When a packet that opens a connection is sent, and sent again, by Linux. */
const PACKETS_MS = [0, 1_000, 3_000, 7_000]

/** Attempts from 0 on, whose packets are lost until `backAt`; how long after that one arrives. */
function reachedAfter(backAt: number, randoms: readonly number[], failsAtOnce: boolean): number {
  let now = 0
  let state: LinkState = INITIAL_LINK
  let draws = 0
  /** Returns the time of the timer that the step has started. */
  const step = (event: LinkEvent): number => {
    const random = randoms[draws % randoms.length] ?? 0
    draws += 1
    const result = stepLink(state, event, { now, random })
    state = result.state
    const started = result.effects.find((effect) => effect.type === 'start-timer')
    return started?.type === 'start-timer' ? started.ms : 0
  }
  step(conditions('ready'))
  let patienceMs = step(start)
  for (;;) {
    const arrived = PACKETS_MS.find((ms) => ms < patienceMs && now + ms >= backAt)
    if (arrived !== undefined && !(failsAtOnce && arrived > 0)) return now + arrived - backAt
    now += failsAtOnce ? 0 : patienceMs
    now += step(failsAtOnce ? unreached : timer('handshake'))
    patienceMs = step(timer('retry'))
  }
}

test('however long there was no line, the cloud is reached within 4 s of there being one', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 3_600_000 }),
      fc.array(fc.double({ min: 0.01, max: 0.999, noNaN: true }), { minLength: 1, maxLength: 20 }),
      fc.boolean(),
      (backAt, randoms, failsAtOnce) => {
        expect(reachedAfter(backAt, randoms, failsAtOnce)).toBeLessThanOrEqual(4_000)
      },
    ),
  )
})
