import { fileURLToPath } from 'node:url'
import type { Fault } from '../../local/faults/fault.ts'
import type { FaultCounts } from '../../local/faults/faults.ts'
import type { MeterSnapshot } from '../../local/meter.ts'
import { rest } from '../rest.ts'
import { Child } from './child.ts'
import type { CloudAsk, CloudReady, CloudSettings, Met } from './cloud-messages.ts'
import type { Transcript } from './transcript.ts'

const POLL_MS = 100

/** What V8 makes of a program that runs for long grows for hours, and its collections do not take it back. */
const INTERPRETED = ['--no-opt', '--no-maglev', '--no-sparkplug'] as const

const PROGRAM = fileURLToPath(new URL('cloud-program.ts', import.meta.url))

/** The local cloud as a process that can be killed and started again: same port, same data, same time. */
export class CloudProcess {
  readonly #settings: Omit<CloudSettings, 'port' | 'aheadMs'>
  readonly #transcript: Transcript
  #child: Child | null = null
  #port = 0
  #aheadMs = 0
  readonly #met = new Map<string, number>()
  #metAtClearing: FaultCounts = {}
  /** By the present process. */
  #counted: FaultCounts = {}

  constructor(settings: Omit<CloudSettings, 'port' | 'aheadMs'>, transcript: Transcript) {
    this.#settings = settings
    this.#transcript = transcript
  }

  async start(): Promise<CloudReady> {
    const settings: CloudSettings = { ...this.#settings, port: this.#port, aheadMs: this.#aheadMs }
    const heard = Promise.withResolvers<CloudReady>()
    const child = new Child({
      name: 'cloud',
      args: [...INTERPRETED, '--expose-gc', PROGRAM, JSON.stringify(settings)],
      transcript: this.#transcript,
      onMessage: (message) => heard.resolve(message as CloudReady),
    })
    this.#child = child
    // The jumps before it are not its own.
    this.#counted = this.#aheadMs > 0 ? { clock: 1 } : {}
    const failed = child.exited.then(({ code }) => Promise.reject(new Error(`the cloud ended with ${code}`)))
    const ready = await Promise.race([heard.promise, failed])
    failed.catch(() => undefined)
    this.#port = Number(new URL(ready.siteUrl).port)
    return ready
  }

  async inject(fault: Fault): Promise<void> {
    if (fault.kind === 'clock') this.#aheadMs += fault.aheadMs
    await this.#ask({ kind: 'fault', fault })
  }

  /** Returns what has come about since the clearing before. */
  async clear(): Promise<FaultCounts> {
    this.#count(await this.#ask<Met>({ kind: 'clear' }))
    const before = this.#metAtClearing
    this.#metAtClearing = this.met
    return Object.fromEntries([...this.#met].map(([name, count]) => [name, count - (before[name] ?? 0)]))
  }

  /** Resolves once every fault that lay in wait has had its occasion, or when there was none for so long. */
  async untilMet(limitMs: number): Promise<void> {
    const startedAt = performance.now()
    for (;;) {
      const { waiting } = await this.#ask<Met>({ kind: 'met' })
      if (waiting === 0 || performance.now() - startedAt >= limitMs) return
      await rest(POLL_MS)
    }
  }

  /** How often each fault has come about; what lay in wait for nothing does not count. */
  get met(): FaultCounts {
    return Object.fromEntries(this.#met)
  }

  heap(): Promise<number> {
    return this.#ask<number>({ kind: 'heap' })
  }

  meter(): Promise<MeterSnapshot> {
    return this.#ask<MeterSnapshot>({ kind: 'meter' })
  }

  async kill(): Promise<void> {
    await this.#countLast()
    await this.#child?.kill()
  }

  async stop(): Promise<void> {
    await this.#countLast()
    await this.#child?.stop()
  }

  /** What it has not told by its end is gone with it. */
  async #countLast(): Promise<void> {
    if (this.#child?.running !== true) return
    const met = await this.#ask<Met>({ kind: 'met' }).catch(() => null)
    if (met !== null) this.#count(met)
  }

  #count({ counts }: Met): void {
    for (const [name, count] of Object.entries(counts)) {
      this.#met.set(name, (this.#met.get(name) ?? 0) + count - (this.#counted[name] ?? 0))
    }
    this.#counted = counts
  }

  #ask<Answer>(ask: CloudAsk): Promise<Answer> {
    if (this.#child === null) throw new Error('the cloud was not started')
    return this.#child.ask<Answer>(ask)
  }
}
