import fc from 'fast-check'
import { expect, it } from 'vitest'
import { LITTLE_HOME } from './little-home.ts'
import { anyStep, take } from './steps.ts'
import { World } from './world.ts'

const RUNS = Number(process.env['MIHARI_FUZZ_RUNS'] ?? 10_000)
const SEED = Number(process.env['MIHARI_FUZZ_SEED'] ?? Date.now() % 2_147_483_647)
/** Far more than a run takes on a slow machine. */
const MS_PER_RUN = 60

/** What must have been delivered per run on average, so that a backend that tells nobody anything fails. */
const LEAST_PER_RUN: Readonly<Record<string, number>> = {
  welcome: 4,
  presence: 1,
  call: 0.5,
  offer: 0.5,
  answer: 0.3,
  candidates: 0.05,
  alive: 0.05,
  resume: 0.02,
  hangup: 0.1,
  watching: 0.3,
  paired: 0.5,
  'reply done': 2,
  'reply refused': 0.3,
  error: 1,
}

/** Mostly a whole home, for the more there is, the more can go wrong. */
const beginning = fc.oneof(
  { arbitrary: fc.constant(LITTLE_HOME.length), weight: 3 },
  { arbitrary: fc.nat({ max: LITTLE_HOME.length }), weight: 1 },
)

it(
  '[R11, R14, R18, R24, R33, R34, R36, R39, R41, R44, R45, R46, R47, R48, R50, R51, R52] whatever anybody says in whatever order, nobody is told or may change what is not theirs',
  async () => {
    process.stdout.write(`${RUNS} runs; again with MIHARI_FUZZ_SEED=${SEED}\n`)
    const posted = new Map<string, number>()
    await fc.assert(
      fc.asyncProperty(beginning, fc.array(anyStep, { maxLength: 50, size: 'max' }), async (begun, steps) => {
        const world = new World()
        for (const step of [...LITTLE_HOME.slice(0, begun), ...steps]) await take(world, step)
        for (const [kind, count] of world.posted) posted.set(kind, (posted.get(kind) ?? 0) + count)
      }),
      { numRuns: RUNS, seed: SEED },
    )
    for (const [kind, least] of Object.entries(LEAST_PER_RUN)) {
      expect((posted.get(kind) ?? 0) / RUNS, `${kind} per run`).toBeGreaterThan(least)
    }
  },
  60_000 + RUNS * MS_PER_RUN,
)
