/** Of each kind of process, in bytes after a forced collection, by how many faults there had been. */
export interface HeapSample {
  readonly afterFaults: number
  readonly bytes: Readonly<Record<string, number>>
  /** All that the viewers' process has of the machine, its native WebRTC included: not judged. */
  readonly viewersRss: number
}

const MAX_GROWTH = 0.05

export interface HeapGrowth {
  readonly process: string
  readonly from: HeapPoint
  readonly to: HeapPoint
  /** 0.05 is five percent. */
  readonly growth: number
}

interface HeapPoint {
  readonly mb: number
  readonly afterFaults: number
}

/**
 * From the least that there was in the first half of the run to the last sample: the very first has much in it of
 * how a process starts, behind which later growth would hide.
 */
export function heapGrowth(samples: readonly HeapSample[]): readonly HeapGrowth[] {
  const last = samples.at(-1)
  if (last === undefined) return []
  const early = samples.filter(({ afterFaults }) => afterFaults <= last.afterFaults / 2)
  return Object.entries(last.bytes).flatMap(([process, bytes]) => {
    const points = (early.length > 0 ? early : samples).map(({ afterFaults, bytes: all }) => ({
      afterFaults,
      bytes: all[process] ?? Number.POSITIVE_INFINITY,
    }))
    const least = points.reduce((a, b) => (b.bytes < a.bytes ? b : a))
    if (!Number.isFinite(least.bytes)) return []
    return [
      {
        process,
        from: { mb: mb(least.bytes), afterFaults: least.afterFaults },
        to: { mb: mb(bytes), afterFaults: last.afterFaults },
        growth: bytes / least.bytes - 1,
      },
    ]
  })
}

export function checkHeap(samples: readonly HeapSample[]): readonly string[] {
  return heapGrowth(samples)
    .filter(({ growth }) => growth >= MAX_GROWTH)
    .map((grown) => `the heap of ${describeGrowth(grown)}`)
}

export function describeGrowth({ process, from, to, growth }: HeapGrowth): string {
  const least = `${from.mb} MB after ${from.afterFaults} faults, the least of the first half`
  return `${process}: ${least}, ${to.mb} MB after ${to.afterFaults} (${(growth * 100).toFixed(1)} %)`
}

export function mb(bytes: number): number {
  return Math.round(bytes / 1024 / 102.4) / 10
}
