import { fileURLToPath } from 'node:url'
import { Child } from '../home/child.ts'
import type { Transcript } from '../home/transcript.ts'
import type { Surroundings, ViewerDeed, ViewerFacts, ViewerHistory, ViewersAsk } from './messages.ts'

const PROGRAM = fileURLToPath(new URL('program.ts', import.meta.url))

/** All viewers, in a process of their own. */
export class ViewersProcess {
  readonly #child: Child

  constructor(transcript: Transcript) {
    this.#child = new Child({ name: 'viewers', args: ['--expose-gc', PROGRAM], transcript })
  }

  async tellSurroundings(surroundings: Surroundings): Promise<void> {
    await this.#ask({ kind: 'surroundings', surroundings })
  }

  async do(viewer: number, deed: ViewerDeed): Promise<void> {
    await this.#ask({ kind: 'do', viewer, deed })
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

  heap(): Promise<number> {
    return this.#ask({ kind: 'heap' })
  }

  async stop(): Promise<void> {
    await this.#child.stop()
  }

  #ask<Answer>(ask: ViewersAsk): Promise<Answer> {
    return this.#child.ask<Answer>(ask)
  }
}
