import fc from 'fast-check'
import type { Fault } from '../local/faults/fault.ts'
import type { SoakFault } from './faults.ts'
import { CAMERAS, VIEWERS, WATCHERS } from './layout.ts'

export type Burst = readonly SoakFault[]

export interface Draw {
  readonly seed: number
  readonly faults: number
  /** After so many, nothing ends the cloud or the second connector any more: their heap is measured from there on. */
  readonly settledAfter: number
}

const MOST_IN_A_BURST = 5

/** The faults of a run, in bursts. The same seed draws the same ones. */
export function drawFaults({ seed, faults, settledAfter }: Draw): readonly Burst[] {
  const restless = sample(burst(true), seed, settledAfter)
  const settled = sample(burst(false), seed + 1, faults - settledAfter)
  return [...restless, ...settled]
}

/** So many faults as there are to be, whatever the bursts. */
function sample(bursts: fc.Arbitrary<Burst>, seed: number, count: number): readonly Burst[] {
  const drawn = fc.sample(fc.noBias(bursts), { seed, numRuns: Math.max(count, 1) })
  const taken: Burst[] = []
  let left = count
  for (const next of drawn) {
    if (left === 0) break
    const fitting = next.slice(0, left)
    taken.push(fitting)
    left -= fitting.length
  }
  return taken
}

/** What lies in wait in the services needs something to happen: it comes first, and somebody calls after it. */
function burst(isRestless: boolean): fc.Arbitrary<Burst> {
  const some = fc.array(fault(isRestless), { minLength: 1, maxLength: MOST_IN_A_BURST - 1 })
  return fc.tuple(some, restart()).map(([faults, caller]) => {
    const waiting = faults.filter(({ on }) => on === 'service')
    const others = faults.filter(({ on }) => on !== 'service')
    return [...waiting, ...others, ...(waiting.length > 0 ? [caller] : [])]
  })
}

/** Somebody who calls anew. */
function restart(): fc.Arbitrary<SoakFault> {
  return fc.record({
    on: fc.constant('viewer'),
    viewer: fc.constantFrom(...WATCHERS),
    how: of('reload', 'reload-rough'),
  })
}

const ms = (min: number, max: number) => fc.integer({ min, max })
const of = <Value extends string>(...values: readonly Value[]) => fc.constantFrom(...values)

/** Long ones are rare, so that a run ends: what they take is in `boundOf`. */
function fault(isRestless: boolean): fc.Arbitrary<SoakFault> {
  const connector = isRestless ? fc.integer({ min: 0, max: 1 }) : fc.constant(0)
  return fc.oneof(
    { weight: 46, arbitrary: service() },
    { weight: 1, arbitrary: rareService() },
    ...(isRestless ? [{ weight: 5, arbitrary: cloud() }] : []),
    {
      weight: 6,
      arbitrary: fc.record({
        on: fc.constant('connector'),
        connector,
        how: of('kill', 'stop', 'freeze'),
        forMs: ms(200, 4_000),
      }),
    },
    {
      weight: 4,
      arbitrary: fc.record({
        on: fc.constant('connector'),
        connector: fc.constantFrom(0, 1),
        how: fc.constant('roll-over'),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({ on: fc.constant('connector'), connector, how: of('clone', 'away') }),
    },
    { weight: 5, arbitrary: camera() },
    { weight: 28, arbitrary: viewer() },
    {
      weight: 4,
      arbitrary: fc.record({
        on: fc.constant('knocker'),
        camera: fc.nat(CAMERAS.length - 1),
        forMs: ms(3_500, 6_000),
      }),
    },
  ) as fc.Arbitrary<SoakFault>
}

function cloud(): fc.Arbitrary<SoakFault> {
  return fc.record({ on: fc.constant('cloud'), how: of('kill', 'stop'), forMs: ms(0, 3_000) })
}

function camera(): fc.Arbitrary<SoakFault> {
  const which = fc.nat(CAMERAS.length - 1)
  return fc.oneof(
    {
      weight: 3,
      arbitrary: fc.record({
        on: fc.constant('camera'),
        camera: which,
        how: of('kill', 'freeze'),
        forMs: ms(200, 4_000),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ on: fc.constant('camera'), camera: which, how: fc.constant('away') }),
    },
  )
}

function viewer(): fc.Arbitrary<SoakFault> {
  const on = fc.constant('viewer')
  const full = WATCHERS.filter((index) => isFull(VIEWERS[index]?.camera ?? null))
  const roomy = WATCHERS.filter((index) => !full.includes(index))
  return fc.oneof(
    {
      weight: 50,
      arbitrary: fc.record({
        on,
        viewer: fc.constantFrom(...WATCHERS),
        how: of('away', 'no-network', 'hang-up'),
        forMs: ms(100, 5_000),
      }),
    },
    {
      weight: 70,
      arbitrary: fc.record({
        on,
        viewer: fc.constantFrom(...WATCHERS),
        how: of('reload', 'reload-rough', 'roll-over'),
      }),
    },
    {
      weight: 15,
      arbitrary: fc.record({ on, viewer: fc.constantFrom(...full), how: fc.constant('vanish') }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ on, viewer: fc.constantFrom(...roomy), how: fc.constant('ghost') }),
    },
  )
}

/** With all its watchers the camera has no place left, so that a new call makes the host ask who sits there. */
function isFull(name: string | null): boolean {
  const places = CAMERAS.find((one) => one.name === name)?.maxCalls ?? 0
  return VIEWERS.filter((one) => one.camera === name).length >= places
}

const DROPPED_TO_CLOUD = ['call', 'answer', 'candidates', 'alive', 'status', 'resume'] as const
const DROPPED_TO_CLIENT = ['call', 'offer', 'answer', 'candidates', 'alive', 'presence', 'welcome'] as const

function service(): fc.Arbitrary<SoakFault> {
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

function rareService(): fc.Arbitrary<SoakFault> {
  const faults: fc.Arbitrary<Fault> = fc.oneof(
    { weight: 4, arbitrary: fc.constant({ kind: 'clock', aheadMs: TWO_HOURS_MS } as const) },
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
