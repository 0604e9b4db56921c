import { BOUND_MS, mayLoseGoodbye, needsHello } from './bounds.ts'
import type { Cast } from './cast.ts'
import type { SoakFault } from './faults.ts'
import { rest } from './rest.ts'

const POLL_MS = 500
/** From the death of a connector or a camera until the last page says so. */
const TOLD = { ms: 40_000, why: 'a camera that is there is looked for every 30 s' }

export interface Told {
  /** What goes wrong meanwhile. */
  readonly burst: readonly SoakFault[]
  /** A camera's connector is there to tell of it; a connector has nobody. */
  readonly away: 'camera' | 'connector'
  readonly cast: Pick<Cast, 'passNineMinutes'>
  readonly patience: number
  /** What is said that is not true. */
  readonly look: () => Promise<readonly string[]>
}

/** Resolves when everybody says what is true while something is away, rejects when that takes too long. */
export async function untilTold({ burst, away, cast, patience, look }: Told): Promise<void> {
  const startedAt = performance.now()
  const isLost = burst.some(needsHello)
  const isMute = away === 'connector' && burst.some(mayLoseGoodbye)
  // What may have been told after all, or again, is waited for first.
  let helloMs = isLost ? 0 : BOUND_MS * patience
  let problems: readonly string[]
  do {
    await rest(POLL_MS)
    const ms = performance.now() - startedAt
    if ((isLost || isMute) && ms >= helloMs) {
      helloMs = ms + BOUND_MS * patience
      await cast.passNineMinutes()
    }
    problems = await look()
    if (problems.length === 0) return
  } while (performance.now() - startedAt < TOLD.ms * patience)
  throw new Error(`while something was away: ${problems.join('; ')} (${TOLD.why})`)
}
