import { type Bounds, boundsOfAll, FIRST_PICTURES, hidesFor, longestOf, needsHello } from './bounds.ts'
import { unfairTo } from './burst.ts'
import { Cast } from './cast.ts'
import { collectFacts } from './collect-facts.ts'
import { type Burst, drawFaults } from './draw-faults.ts'
import { hasComeAbout, kindOf, type SoakFault } from './faults.ts'
import { Home } from './home/home.ts'
import type { Transcript } from './home/transcript.ts'
import { checkHangUps } from './invariants/check-hang-ups.ts'
import { checkHeap, type HeapSample } from './invariants/check-heap.ts'
import { checkOccasions } from './invariants/check-occasions.ts'
import { checkPictures } from './invariants/check-pictures.ts'
import { checkPresence } from './invariants/check-presence.ts'
import { checkSessions } from './invariants/check-sessions.ts'
import { performBurst } from './perform-burst.ts'
import type { Loss, Recovery, SoakResult } from './report.ts'
import { rest } from './rest.ts'
import { Settling } from './settling.ts'
import { untilTold } from './until-told.ts'
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
/** Longer than that what lies in wait does not wait for its occasion. */
const OCCASION_MS = 5_000
const HEAP_SAMPLES = 8
const TRANSCRIPT_LINES = 120
/** Fewer say nothing about a leak, nor about what never came about. */
const LEAST_TO_JUDGE = 400

/** Runs it all; whatever happens, no process of it is left. */
export async function runSoak(options: SoakOptions): Promise<SoakResult> {
  const home = await Home.start(options)
  const viewers = new ViewersProcess(home.viewersProgram, options.transcript)
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
    let goesOn = await this.#settle([], cast, FIRST_PICTURES)
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
    const { transcript, patience, keepGoing } = this.#options
    this.#burstMark = transcript.mark
    transcript.note('soak', `--- ${burst.map((fault) => JSON.stringify(fault)).join(' ')}`)
    const before = await collectFacts(this.#home, this.#viewers)
    const failed = await performBurst(burst, {
      home: this.#home,
      cast,
      viewers: this.#viewers,
      untilTold: (away) => untilTold({ burst, away, cast, patience, look: () => this.#lookAtPresence(cast) }),
      around: [...burst, ...this.#hidden.keys()],
      patience,
    })
    this.#done += burst.length
    await this.#home.cloud.untilMet(OCCASION_MS)
    const met = await this.#home.cloud.clear()
    // What never happened is no excuse.
    const happened = burst.filter((fault) => hasComeAbout(fault, met))
    if (happened.some(needsHello)) await cast.passNineMinutes()
    transcript.note('soak', `--- the faults are over; there were ${happened.map(kindOf).join(', ')}`)
    if (failed.length > 0) this.#lose(burst, failed)
    this.#hide(happened)
    const settled = await this.#settle(happened, cast)
    const after = await collectFacts(this.#home, this.#viewers)
    const abandoned = checkHangUps(before, after, unfairTo(burst))
    if (abandoned.length > 0) this.#lose(burst, abandoned)
    const isGood = failed.length === 0 && abandoned.length === 0
    return settled && (isGood || keepGoing)
  }

  #hide(burst: Burst): void {
    const now = performance.now()
    for (const fault of burst) this.#hidden.set(fault, now + hidesFor(fault))
    for (const [fault, until] of this.#hidden) if (until <= now) this.#hidden.delete(fault)
  }

  /** Waits until everything is right; false when it is not in time, and the run is to stop. */
  async #settle(burst: Burst, cast: Cast, bounds?: Bounds): Promise<boolean> {
    const { patience, keepGoing, signal } = this.#options
    const blame = [...burst, ...this.#hidden.keys()]
    const held = bounds ?? boundsOfAll(blame)
    const settling = new Settling(held, patience)
    const endedAt = performance.now()
    let isLate = false
    cast.beginBurst()
    let before = await collectFacts(this.#home, this.#viewers)
    while (!signal.aborted) {
      await rest(POLL_MS)
      const facts = await collectFacts(this.#home, this.#viewers)
      const pressed = await cast.pressWhereTold(facts.viewers, blame)
      const late = settling.look(performance.now() - endedAt, {
        pictures: checkPictures(before, facts, cast.wishes),
        presence: checkPresence(facts, cast.sights),
        sessions: checkSessions(facts),
      })
      before = facts
      // Told once, and once more when nobody waits any longer.
      const problems = [...pressed, ...(isLate ? [] : late), ...settling.given]
      isLate ||= late.length > 0
      if (problems.length > 0) this.#lose(burst, problems)
      if (problems.length > 0 && !keepGoing) return false
      const isGivenUp = settling.given.length > 0
      if (!settling.isSettled && !isGivenUp) continue
      if (burst.length > 0) {
        const kinds = burst.map(kindOf)
        this.#recoveries.push({ ...settling.times, kinds, bound: longestOf(held).why, isLate })
      }
      return !isGivenUp
    }
    return false
  }

  async #lookAtPresence(cast: Cast): Promise<readonly string[]> {
    return checkPresence(await collectFacts(this.#home, this.#viewers), cast.sights)
  }

  async #sampleHeap(settledAfter: number): Promise<void> {
    const { faults } = this.#options
    const next = settledAfter + (this.#heap.length * (faults - settledAfter)) / (HEAP_SAMPLES - 1)
    if (this.#done < Math.min(Math.ceil(next), faults)) return
    // What a cloud that was started anew loads once, for the first who signs in, is no growth.
    if (this.#heap.length === 0) await this.#home.signOwnerIn()
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
