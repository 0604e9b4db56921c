import { Child } from '../home/child.ts'
import type { Transcript } from '../home/transcript.ts'
import { rest } from '../rest.ts'
import type {
  Surroundings,
  ViewerDeed,
  ViewerFacts,
  ViewerHistory,
  ViewersAsk,
  ViewersMemory,
} from './messages.ts'

/** A viewer waits as long only for its rollover. */
const ROLL_OVER_WAIT_MS = 60 * 60_000
/** And as long, or longer, only for its next hello. */
const HELLO_WAIT_MS = 8 * 60_000
/** A next connection that cannot be made is tried again after up to 30 s. */
const ROLLING_MS = 40_000
const POLL_MS = 200

/** All viewers, in a process of their own. */
export class ViewersProcess {
  readonly #child: Child

  /** @param program As plain JavaScript. */
  constructor(program: string, transcript: Transcript) {
    // As the connector runs: V8 compiles for hours, which would hide in the heap what the viewers hold.
    const args = ['--lite-mode', '--expose-gc', program]
    this.#child = new Child({ name: 'viewers', args, transcript })
  }

  async tellSurroundings(surroundings: Surroundings): Promise<void> {
    await this.#ask({ kind: 'surroundings', surroundings })
  }

  async do(viewer: number, deed: ViewerDeed): Promise<void> {
    await this.#ask({ kind: 'do', viewer, deed })
  }

  /** Rejects when it stays welcomed with no rollover before it. */
  async rollOver(viewer: number): Promise<void> {
    const startedAt = performance.now()
    // While one is under way there is none before it.
    while ((await this.#pass(viewer, ROLL_OVER_WAIT_MS, Number.MAX_SAFE_INTEGER)) === 0) {
      if ((await this.facts())[viewer]?.link !== 'welcomed') return
      if (performance.now() - startedAt > ROLLING_MS)
        throw new Error(`viewer ${viewer} is welcomed and has no rollover before it`)
      await rest(POLL_MS)
    }
  }

  /** The minutes after which it says hello again are over. */
  async passNineMinutes(viewer: number): Promise<void> {
    await this.#pass(viewer, HELLO_WAIT_MS, ROLL_OVER_WAIT_MS)
  }

  facts(): Promise<readonly ViewerFacts[]> {
    return this.#ask({ kind: 'facts' })
  }

  async keepHistory(): Promise<void> {
    await this.#ask({ kind: 'keep-history' })
  }

  history(): Promise<readonly ViewerHistory[]> {
    return this.#ask({ kind: 'history' })
  }

  memory(): Promise<ViewersMemory> {
    return this.#ask({ kind: 'memory' })
  }

  async stop(): Promise<void> {
    await this.#child.stop()
  }

  #pass(viewer: number, fromMs: number, belowMs: number): Promise<number> {
    return this.#ask({ kind: 'pass', viewer, fromMs, belowMs })
  }

  #ask<Answer>(ask: ViewersAsk): Promise<Answer> {
    return this.#child.ask<Answer>(ask)
  }
}
