import fc from 'fast-check'
import { ms, of } from './draw.ts'
import { drawRareServiceFault, drawServiceFault } from './draw-service-faults.ts'
import type { SoakFault } from './faults.ts'
import { CAMERAS, VIEWERS, WATCHERS } from './layout.ts'
import { occasionsFor } from './occasions.ts'

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

/** What lies in wait in the services needs something to happen: it comes first, and its occasion at the end. */
function burst(isRestless: boolean): fc.Arbitrary<Burst> {
  const some = fc.array(fault(isRestless), { minLength: 1, maxLength: MOST_IN_A_BURST - 1 })
  return fc.tuple(some, restart()).map(([faults, caller]) => {
    const waiting = faults.filter(({ on }) => on === 'service')
    const others = faults.filter(({ on }) => on !== 'service')
    const occasions = waiting.length > 0 ? occasionsFor(waiting, caller) : []
    const drawn = [...waiting, ...others].slice(0, MOST_IN_A_BURST - occasions.length)
    return [...drawn, ...occasions].toSorted((one, other) => placeOf(one) - placeOf(other))
  })
}

/** What lasts holds back the cloud's faults after it, which would miss their occasion. */
function placeOf(fault: SoakFault): number {
  if (fault.on !== 'service') return 2
  return 'forMs' in fault.fault ? 1 : 0
}

/** Somebody who calls anew. */
function restart(): fc.Arbitrary<SoakFault> {
  return fc.record({
    on: fc.constant('viewer'),
    viewer: fc.constantFrom(...WATCHERS),
    how: of('reload', 'reload-rough'),
  })
}

/** Long ones are rare, so that a run ends: what they take is in `boundsOf`. */
function fault(isRestless: boolean): fc.Arbitrary<SoakFault> {
  const connector = isRestless ? fc.integer({ min: 0, max: 1 }) : fc.constant(0)
  return fc.oneof(
    { weight: 46, arbitrary: drawServiceFault() },
    { weight: 1, arbitrary: drawRareServiceFault() },
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
    { weight: 1, arbitrary: hung(connector) },
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

/** For longer than anybody waits for it. */
function hung(connector: fc.Arbitrary<number>): fc.Arbitrary<SoakFault> {
  const how = fc.constant('freeze')
  return fc.oneof(
    fc.record({ on: fc.constant('connector'), connector, how, forMs: ms(20_000, 60_000) }),
    fc.record({
      on: fc.constant('camera'),
      camera: fc.nat(CAMERAS.length - 1),
      how,
      forMs: ms(6_000, 20_000),
    }),
  )
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
        how: of('reload', 'reload-rough', 'roll-over', 'new-address'),
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
