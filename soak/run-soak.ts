import {
  type Bounds,
  boundsOfAll,
  FIRST_PICTURES,
  hidesFor,
  longestOf,
  mayLoseGoodbye,
  needsHello,
} from './bounds.ts'
import { targetOf, unfairTo } from './burst.ts'
import { Cast } from './cast.ts'
import { collectFacts } from './collect-facts.ts'
import { type Burst, drawFaults } from './draw-faults.ts'
import { kindOf, type SoakFault } from './faults.ts'
import { Home } from './home/home.ts'
import type { Transcript } from './home/transcript.ts'
import { checkHangUps } from './invariants/check-hang-ups.ts'
import { checkHeap, type HeapSample } from './invariants/check-heap.ts'
import { checkOccasions } from './invariants/check-occasions.ts'
import { checkPictures } from './invariants/check-pictures.ts'
import { checkPresence } from './invariants/check-presence.ts'
import { checkSessions } from './invariants/check-sessions.ts'
import { performFault, type Stage } from './perform-fault.ts'
import type { Loss, Recovery, SoakResult } from './report.ts'
import { rest } from './rest.ts'
import { ViewersProcess } from './viewers/viewers.ts'

export interface SoakOptions {
  readonly seed: number
  readonly faults: number
  readonly keepGoing: boolean
  /** Bounds are multiplied by this: on a machine that does other work too they say little. */
  readonly patience: number
  readonly transcript: Transcript
  readonly say: (line: string) => void
  readonly signal: AbortSignal
}

const POLL_MS = 500
/** Right for so many looks: what goes wrong may take a moment to be seen. */
const LOOKS = 4
/** From the death of a connector or a camera until the last page says so. */
const TOLD = { ms: 40_000, why: 'a camera that is there is looked for every 30 s' }
const STAGGER_MS = 150
/** Longer than that what lies in wait does not wait for its occasion. */
const OCCASION_MS = 5_000
/** What changes takes this long to be seen at most: a picture that comes back late makes its camera busy then. */
const SEEN_MS = 2_000
/** After a loss with `keepGoing`: how long what is late is still waited for. */
const LATE_MS = 180_000
const HEAP_SAMPLES = 8
const TRANSCRIPT_LINES = 120
/** Fewer say nothing about a leak, nor about what never came about. */
const LEAST_TO_JUDGE = 400

/** Runs it all; whatever happens, no process of it is left. */
export async function runSoak(options: SoakOptions): Promise<SoakResult> {
  const home = await Home.start(options)
  const viewers = new ViewersProcess(options.transcript)
  try {
    return await new SoakRun(options, home, viewers).run()
  } finally {
    await Promise.all([viewers.stop(), home.stop()])
  }
}

class SoakRun {
  readonly #options: SoakOptions
  readonly #home: Home
  readonly #viewers: ViewersProcess
  readonly #recoveries: Recovery[] = []
  readonly #losses: Loss[] = []
  readonly #heap: HeapSample[] = []
  #done = 0
  /** What may still show only now, and until when. */
  readonly #hidden = new Map<SoakFault, number>()
  /** Where the present burst begins in the transcript. */
  #burstMark = 0

  constructor(options: SoakOptions, home: Home, viewers: ViewersProcess) {
    this.#options = options
    this.#home = home
    this.#viewers = viewers
  }

  async run(): Promise<SoakResult> {
    const { seed, faults, say } = this.#options
    const settledAfter = Math.floor(faults / 5)
    const isLong = faults >= LEAST_TO_JUDGE
    const bursts = drawFaults({ seed, faults, settledAfter: isLong ? settledAfter : faults })
    const startedAt = performance.now()
    await this.#viewers.tellSurroundings(this.#home.surroundings)
    const cast = await Cast.assemble(this.#home, this.#viewers)
    await cast.openAll()
    let goesOn = await this.#settle([], FIRST_PICTURES, cast)
    for (const burst of bursts) {
      if (!goesOn || this.#options.signal.aborted) break
      goesOn = await this.#burst(burst, cast)
      if (goesOn) await this.#sampleHeap(settledAfter)
      say(`${this.#done} of ${faults} faults, ${this.#losses.length} losses`)
    }
    if (isLong && goesOn) {
      const problems = [...checkHeap(this.#heap), ...checkOccasions(bursts.flat(), this.#home.cloud.met)]
      if (problems.length > 0)
        this.#losses.push({ afterFaults: this.#done, kinds: [], problems, transcript: [] })
    }
    return {
      seed,
      faults: this.#done,
      asked: faults,
      patience: this.#options.patience,
      seconds: Math.round((performance.now() - startedAt) / 1000),
      recoveries: this.#recoveries,
      losses: this.#losses,
      heap: this.#heap,
      met: this.#home.cloud.met,
      presses: Object.fromEntries(cast.presses),
    }
  }

  /** False when the run is to stop. */
  async #burst(burst: Burst, cast: Cast): Promise<boolean> {
    const { transcript } = this.#options
    this.#burstMark = transcript.mark
    transcript.note('soak', `--- ${burst.map((fault) => JSON.stringify(fault)).join(' ')}`)
    const stage: Stage = {
      home: this.#home,
      cast,
      viewers: this.#viewers,
      untilToldTruth: () => this.#untilToldTruth(burst, cast),
    }
    const before = await collectFacts(this.#home, this.#viewers)
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
    this.#done += burst.length
    await this.#home.cloud.untilMet(OCCASION_MS)
    await this.#home.cloud.clear()
    if (burst.some(needsHello)) await cast.passNineMinutes()
    transcript.note('soak', '--- the faults are over')
    const failed = results.flatMap((one) => (one.status === 'rejected' ? [messageOf(one.reason)] : []))
    if (failed.length > 0) this.#lose(burst, failed)
    this.#hide(burst)
    const settled = await this.#settle(burst, boundsOfAll([...burst, ...this.#hidden.keys()]), cast)
    const after = await collectFacts(this.#home, this.#viewers)
    const abandoned = checkHangUps(before, after, unfairTo(burst))
    if (abandoned.length > 0) this.#lose(burst, abandoned)
    const isGood = failed.length === 0 && abandoned.length === 0
    return settled && (isGood || this.#options.keepGoing)
  }

  #hide(burst: Burst): void {
    const now = performance.now()
    for (const fault of burst) this.#hidden.set(fault, now + hidesFor(fault))
    for (const [fault, until] of this.#hidden) if (until <= now) this.#hidden.delete(fault)
  }

  /** Waits until everything is right; false when it is not in time, and the run is to stop. */
  async #settle(burst: Burst, bounds: Bounds, cast: Cast): Promise<boolean> {
    const { patience, keepGoing, signal } = this.#options
    const endedAt = performance.now()
    let isLate = false
    let looks = 0
    let picturesMs = 0
    let rightMs = 0
    /** Of each of `found`, when it was last right. */
    const lastRight: number[] = []
    let before = await collectFacts(this.#home, this.#viewers)
    while (!signal.aborted) {
      await rest(POLL_MS)
      const facts = await collectFacts(this.#home, this.#viewers)
      await cast.pressWhereTold(facts.viewers)
      const ms = performance.now() - endedAt
      const pictures = checkPictures(before, facts, cast.wishes)
      const found = [
        { bound: bounds.pictures, problems: pictures },
        { bound: bounds.presence, problems: checkPresence(facts) },
        { bound: bounds.sessions, problems: checkSessions(facts) },
      ]
      before = facts
      if (pictures.length > 0) picturesMs = Math.round(ms)
      for (const [index, { problems }] of found.entries()) if (problems.length === 0) lastRight[index] = ms
      if (found.every(({ problems }) => problems.length === 0)) {
        if (looks === 0) rightMs = Math.round(ms)
        looks += 1
        if (looks < LOOKS) continue
        if (!isLate && burst.length > 0) {
          this.#recoveries.push({
            ms: rightMs,
            picturesMs,
            kinds: burst.map(kindOf),
            bound: longestOf(bounds).why,
          })
        }
        return !isLate || keepGoing
      }
      looks = 0
      const late = found.filter(({ bound, problems }, index) => {
        const wrongMs = ms - (lastRight[index] ?? 0)
        return problems.length > 0 && ms > bound.ms * patience && wrongMs >= SEEN_MS * patience
      })
      const problems = late.flatMap(({ bound, problems }) =>
        problems.map((problem) => `${problem} (${Math.round(ms / 1000)} s later; ${bound.why})`),
      )
      if (problems.length > 0 && !isLate) {
        isLate = true
        this.#lose(burst, problems)
        if (!keepGoing) return false
      }
      if (ms > longestOf(bounds).ms * patience + LATE_MS) return false
    }
    return false
  }

  async #untilToldTruth(burst: Burst, cast: Cast): Promise<void> {
    const startedAt = performance.now()
    let problems: readonly string[]
    do {
      await rest(POLL_MS)
      // What was lost on the way to a viewer is not waited for: see `mayLoseGoodbye`.
      if (burst.some(mayLoseGoodbye)) await cast.passNineMinutes()
      problems = checkPresence(await collectFacts(this.#home, this.#viewers))
      if (problems.length === 0) return
    } while (performance.now() - startedAt < TOLD.ms * this.#options.patience)
    throw new Error(`while something was away: ${problems.join('; ')} (${TOLD.why})`)
  }

  async #sampleHeap(settledAfter: number): Promise<void> {
    const { faults } = this.#options
    const next = settledAfter + (this.#heap.length * (faults - settledAfter)) / (HEAP_SAMPLES - 1)
    if (this.#done < Math.min(Math.ceil(next), faults)) return
    const connector = this.#home.connectors[1]
    const [cloud, viewers, held] = await Promise.all([
      this.#home.cloud.heap(),
      this.#viewers.memory(),
      connector?.heap() ?? Promise.resolve(0),
    ])
    this.#heap.push({
      afterFaults: this.#done,
      bytes: { cloud, viewers: viewers.heap, connector: held },
      viewersRss: viewers.rss,
    })
  }

  #lose(burst: Burst, problems: readonly string[]): void {
    const { transcript, say } = this.#options
    for (const problem of problems) say(`lost: ${problem}`)
    this.#losses.push({
      afterFaults: this.#done,
      kinds: burst.map(kindOf),
      problems,
      transcript: transcript.since(this.#burstMark, TRANSCRIPT_LINES),
    })
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
