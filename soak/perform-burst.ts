import { targetOf } from './burst.ts'
import type { Burst } from './draw-faults.ts'
import { performFault, type Stage } from './perform-fault.ts'
import { rest } from './rest.ts'

const STAGGER_MS = 150

/** All at nearly the same time; returns what did not end as it has to. */
export async function performBurst(burst: Burst, stage: Stage): Promise<readonly string[]> {
  const queues = new Map<string, Promise<void>>()
  const performed = burst.map(async (fault, index) => {
    const target = targetOf(fault)
    const earlier = queues.get(target) ?? Promise.resolve()
    const mine = earlier.then(() => rest(index * STAGGER_MS)).then(() => performFault(fault, stage))
    queues.set(
      target,
      mine.catch(() => undefined),
    )
    await mine
  })
  const results = await Promise.allSettled(performed)
  return results.flatMap((one) => (one.status === 'rejected' ? [messageOf(one.reason)] : []))
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
