import { describeGrowth, type HeapSample, heapGrowth, mb } from './invariants/check-heap.ts'
import { summarizeTimes } from './summarize-times.ts'

/** How long a burst's traces were seen. */
export interface Recovery {
  readonly ms: number
  /** How long somebody had no picture who should have had one. */
  readonly picturesMs: number
  readonly kinds: readonly string[]
  /** Which of the bounds it had. */
  readonly bound: string
  /** It did not hold. */
  readonly isLate: boolean
}

export interface Loss {
  readonly afterFaults: number
  /** Of the burst before it. */
  readonly kinds: readonly string[]
  readonly problems: readonly string[]
  /** The last lines of all programs. */
  readonly transcript: readonly string[]
}

export interface SoakResult {
  readonly seed: number
  /** That were performed, of those that were asked for. */
  readonly faults: number
  readonly asked: number
  readonly patience: number
  readonly seconds: number
  readonly recoveries: readonly Recovery[]
  readonly losses: readonly Loss[]
  readonly heap: readonly HeapSample[]
  /** How often each fault of the cloud's services came about. */
  readonly met: Readonly<Record<string, number>>
  /** Why a person had to press again because a call had failed before its first picture. */
  readonly presses: Readonly<Record<string, number>>
}

export function isGood({ faults, asked, losses }: SoakResult): boolean {
  return losses.length === 0 && faults === asked
}

/** The same figures, for people. */
export function reportLines(result: SoakResult): readonly string[] {
  const { seed, faults, asked, seconds, patience, recoveries, losses, heap, met, presses } = result
  const all = summarizeTimes(recoveries.map(({ ms }) => ms))
  const pictures = summarizeTimes(recoveries.map(({ picturesMs }) => picturesMs))
  return [
    `seed ${seed}: ${faults} of ${asked} faults in ${seconds} s${patience === 1 ? '' : `, bounds times ${patience}`}`,
    `recovered ${all.count} times: p50 ${all.p50} ms, p99 ${all.p99} ms, at most ${all.max} ms`,
    `pictures were back: p50 ${pictures.p50} ms, p99 ${pictures.p99} ms, at most ${pictures.max} ms`,
    ...byKind(recoveries).map(
      ({ kind, count, p50, p99 }) =>
        `  ${kind.padEnd(34)} ${String(count).padStart(4)}  p50 ${p50}  p99 ${p99}`,
    ),
    'bounds that held, by what of the design they come from:',
    ...byBound(recoveries).map(
      ({ bound, count, max }) => `  ${String(count).padStart(4)}  at most ${max} ms: ${bound}`,
    ),
    `came about in the cloud: ${Object.entries(met)
      .map(([name, count]) => `${name} ${count}`)
      .join(', ')}`,
    ...heapGrowth(heap).map((grown) => `heap of ${describeGrowth(grown)}`),
    `all of the viewers' process (not judged): ${heap.map(({ afterFaults, viewersRss }) => `${mb(viewersRss)} MB after ${afterFaults}`).join(', ')}`,
    ...Object.entries(presses).map(
      ([why, count]) => `pressed again ${count} times before a first picture: ${why}`,
    ),
    ...losses.flatMap((loss) => [
      `LOST after fault ${loss.afterFaults} (${loss.kinds.join(', ')}):`,
      ...loss.problems.map((problem) => `  ${problem}`),
      ...loss.transcript.map((line) => `    ${line}`),
    ]),
    losses.length === 0 ? 'nothing lost' : `${losses.length} losses`,
  ]
}

/** For programs: the figures without every single time. */
export function reportObject(result: SoakResult): object {
  const { recoveries, heap, ...rest } = result
  return {
    ...rest,
    good: isGood(result),
    recovery: summarizeTimes(recoveries.map(({ ms }) => ms)),
    pictures: summarizeTimes(recoveries.map(({ picturesMs }) => picturesMs)),
    byKind: byKind(recoveries),
    byBound: byBound(recoveries),
    heap,
    growth: heapGrowth(heap),
  }
}

/** A burst counts for each kind of fault in it. */
function byKind(recoveries: readonly Recovery[]) {
  const kinds = Map.groupBy(
    recoveries.flatMap(({ kinds, ms }) => kinds.map((kind) => ({ kind, ms }))),
    ({ kind }) => kind,
  )
  return [...kinds]
    .map(([kind, times]) => ({ kind, ...summarizeTimes(times.map(({ ms }) => ms)) }))
    .toSorted((a, b) => a.kind.localeCompare(b.kind))
}

function byBound(recoveries: readonly Recovery[]) {
  return [
    ...Map.groupBy(
      recoveries.filter(({ isLate }) => !isLate),
      ({ bound }) => bound,
    ),
  ].map(([bound, held]) => ({
    bound,
    ...summarizeTimes(held.map(({ ms }) => ms)),
  }))
}
