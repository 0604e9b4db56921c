import { fileURLToPath } from 'node:url'
import type { Fault } from '../../local/faults/fault.ts'
import type { FaultCounts } from '../../local/faults/faults.ts'
import type { MeterSnapshot } from '../../local/meter.ts'
import { Child } from './child.ts'
import type { CloudAsk, CloudReady, CloudSettings } from './cloud-messages.ts'
import type { Transcript } from './transcript.ts'

const PROGRAM = fileURLToPath(new URL('cloud-program.ts', import.meta.url))

/** The local cloud as a process that can be killed and started again: same port, same data, same time. */
export class CloudProcess {
  readonly #settings: Omit<CloudSettings, 'port' | 'aheadMs'>
  readonly #transcript: Transcript
  #child: Child | null = null
  #port = 0
  #aheadMs = 0
  readonly #met = new Map<string, number>()
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
      args: ['--expose-gc', PROGRAM, JSON.stringify(settings)],
      transcript: this.#transcript,
      onMessage: (message) => heard.resolve(message as CloudReady),
    })
    this.#child = child
    this.#counted = {}
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

  async clear(): Promise<void> {
    const counts = await this.#ask<FaultCounts>({ kind: 'clear' })
    for (const [name, count] of Object.entries(counts)) {
      this.#met.set(name, (this.#met.get(name) ?? 0) + count - (this.#counted[name] ?? 0))
    }
    this.#counted = counts
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
    await this.#child?.kill()
  }

  async stop(): Promise<void> {
    await this.#child?.stop()
  }

  #ask<Answer>(ask: CloudAsk): Promise<Answer> {
    if (this.#child === null) throw new Error('the cloud was not started')
    return this.#child.ask<Answer>(ask)
  }
}
