import fc from 'fast-check'
import type { Fault } from '../local/faults/fault.ts'
import { ms, of } from './draw.ts'
import type { SoakFault } from './faults.ts'

const DROPPED_TO_CLOUD = ['hello', 'call', 'answer', 'candidates', 'alive', 'status', 'resume'] as const
const DROPPED_TO_CLIENT = [
  'call',
  'offer',
  'answer',
  'candidates',
  'alive',
  'presence',
  'welcome',
  'error',
] as const

export function drawServiceFault(): fc.Arbitrary<SoakFault> {
  const faults: fc.Arbitrary<Fault> = fc.oneof(
    fc.record({
      kind: fc.constant('delay'),
      direction: of('to-cloud', 'to-client', 'both'),
      ms: ms(50, 1_500),
      forMs: ms(500, 5_000),
    }),
    fc.record({ kind: fc.constant('reorder'), upToMs: ms(50, 1_500), forMs: ms(500, 5_000) }),
    fc.record({
      kind: fc.constant('drop'),
      direction: fc.constant('to-cloud'),
      types: of(...DROPPED_TO_CLOUD).map((type) => [type]),
      count: ms(1, 3),
    }),
    fc.record({
      kind: fc.constant('drop'),
      direction: fc.constant('to-client'),
      types: of(...DROPPED_TO_CLIENT).map((type) => [type]),
      count: ms(1, 3),
    }),
    fc.record({
      kind: fc.constant('close'),
      whose: of('device', 'viewer', 'any'),
      how: of('clean', 'abort'),
      count: ms(1, 4),
    }),
    fc.record({
      kind: fc.constant('close'),
      whose: fc.constant('viewer'),
      how: fc.constant('silent'),
      count: ms(1, 3),
    }),
    fc.record({
      kind: fc.constant('outage'),
      whose: of('device', 'viewer', 'any'),
      forMs: ms(500, 6_000),
    }),
    fc.record({
      kind: fc.constant('disconnect-event'),
      how: of('late', 'never', 'twice'),
      count: ms(1, 4),
      lateMs: ms(200, 5_000),
    }),
    fc.record({
      kind: fc.constant('post'),
      how: of('throttled', 'failing', 'void', 'gone-late'),
      count: ms(1, 4),
    }),
    fc.record({
      kind: fc.constant('database'),
      how: of('throttled', 'failing'),
      forMs: ms(500, 4_000),
      share: fc.constantFrom(0.2, 0.5, 1),
    }),
    fc.record({
      kind: fc.constant('function'),
      how: of('throws', 'slow', 'dies-before-post', 'cold'),
      count: ms(1, 4),
      ms: ms(200, 3_000),
    }),
  )
  return faults.map((fault) => ({ on: 'service', fault }))
}

const TWO_HOURS_MS = 2 * 60 * 60_000

export function drawRareServiceFault(): fc.Arbitrary<SoakFault> {
  const faults: fc.Arbitrary<Fault> = fc.oneof(
    { weight: 4, arbitrary: fc.constant({ kind: 'clock', aheadMs: TWO_HOURS_MS } as const) },
    // Past the function's own limit: the gateway gives it up.
    { weight: 1, arbitrary: fc.constant({ kind: 'function', how: 'slow', count: 1, ms: 12_000 } as const) },
    {
      weight: 1,
      arbitrary: fc.constant({ kind: 'close', whose: 'device', how: 'silent', count: 1 } as const),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant('drop'),
        direction: of('to-cloud', 'to-client'),
        types: fc.constant(['hangup']),
        count: ms(1, 2),
      }),
    },
  )
  return faults.map((fault) => ({ on: 'service', fault }))
}
