/** Of each kind of process, in bytes after a forced collection, by how many faults there had been. */
export interface HeapSample {
  readonly afterFaults: number
  readonly bytes: Readonly<Record<string, number>>
}

const MAX_GROWTH = 0.05

export interface HeapGrowth {
  readonly process: string
  readonly firstMb: number
  readonly lastMb: number
  /** 0.05 is five percent. */
  readonly growth: number
}

/** From the first sample to the last. */
export function heapGrowth(samples: readonly HeapSample[]): readonly HeapGrowth[] {
  const [first, last] = [samples[0], samples.at(-1)]
  if (first === undefined || last === undefined) return []
  return Object.entries(first.bytes).flatMap(([process, before]) => {
    const after = last.bytes[process]
    if (after === undefined) return []
    return [{ process, firstMb: mb(before), lastMb: mb(after), growth: after / before - 1 }]
  })
}

export function checkHeap(samples: readonly HeapSample[]): readonly string[] {
  return heapGrowth(samples)
    .filter(({ growth }) => growth >= MAX_GROWTH)
    .map(
      ({ process, firstMb, lastMb, growth }) =>
        `the heap of ${process} grew by ${(growth * 100).toFixed(1)} % (${firstMb} to ${lastMb} MB)`,
    )
}

function mb(bytes: number): number {
  return Math.round(bytes / 1024 / 102.4) / 10
}
