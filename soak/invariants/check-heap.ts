import type { HeapUsed } from '../home/heap-used.ts'

/** Of each kind of process, after a forced collection, by how many faults there had been. */
export interface HeapSample {
  readonly afterFaults: number
  readonly used: Readonly<Record<string, HeapUsed>>
}

const MAX_GROWTH = 0.05

export interface HeapGrowth {
  readonly process: string
  /** What the program holds. */
  readonly data: Growth
  /** With what V8 has compiled of it. */
  readonly whole: Growth
}

interface Growth {
  readonly firstMb: number
  readonly lastMb: number
  /** 0.05 is five percent. */
  readonly growth: number
}

/** From the first sample to the last. */
export function heapGrowth(samples: readonly HeapSample[]): readonly HeapGrowth[] {
  const [first, last] = [samples[0], samples.at(-1)]
  if (first === undefined || last === undefined) return []
  return Object.entries(first.used).flatMap(([process, before]) => {
    const after = last.used[process]
    if (after === undefined) return []
    const data = grown(before.data, after.data)
    return [{ process, data, whole: grown(before.data + before.compiled, after.data + after.compiled) }]
  })
}

export function checkHeap(samples: readonly HeapSample[]): readonly string[] {
  return heapGrowth(samples)
    .filter(({ data }) => data.growth >= MAX_GROWTH)
    .map(({ process, data }) => `the heap of ${process} grew by ${inWords(data)}`)
}

/** As `5.0 % (20 to 21 MB)`. */
export function inWords({ firstMb, lastMb, growth }: Growth): string {
  return `${(growth * 100).toFixed(1)} % (${firstMb} to ${lastMb} MB)`
}

function grown(before: number, after: number): Growth {
  return { firstMb: mb(before), lastMb: mb(after), growth: after / before - 1 }
}

function mb(bytes: number): number {
  return Math.round(bytes / 1024 / 102.4) / 10
}
