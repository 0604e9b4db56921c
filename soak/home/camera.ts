import { resolve } from 'node:path'
import { readJsonLine } from '../../local/programs/json-line.ts'
import { type CameraStatus, STATUS } from '../../local/simulated-camera/status.ts'
import type { CameraPlan } from '../layout.ts'
import { Child } from './child.ts'
import type { Transcript } from './transcript.ts'

const PROGRAM = resolve(import.meta.dirname, '../../local/simulated-camera/main.ts')
const ANSWER_MS = 10_000

/** A simulated camera that can be killed, frozen, and started again where it was. */
export class CameraProcess {
  readonly plan: CameraPlan
  readonly #transcript: Transcript
  #child: Child | null = null
  #url = ''
  #told = Promise.withResolvers<CameraStatus>()
  #frozen = false

  constructor(plan: CameraPlan, transcript: Transcript) {
    this.plan = plan
    this.#transcript = transcript
  }

  get url(): string {
    return this.#url
  }

  /** Whether it could answer. */
  get reachable(): boolean {
    return this.#child?.running === true && !this.#frozen
  }

  async start(): Promise<void> {
    const { name, flags } = this.plan
    const port = this.#url === '' ? '0' : new URL(this.#url).port
    const heard = Promise.withResolvers<string>()
    const child = new Child({
      name: `camera ${name}`,
      args: [PROGRAM, '--json', '--name', name, '--port', port, ...flags],
      transcript: this.#transcript,
      onLine: (line) => {
        const said = readJsonLine(line)
        if (said['event'] === 'ready') heard.resolve(String(said['url']))
      },
      onMessage: (message) => this.#told.resolve(message as CameraStatus),
    })
    this.#child = child
    this.#frozen = false
    const failed = child.exited.then(() => Promise.reject(new Error(`camera ${name} did not start`)))
    failed.catch(() => undefined)
    this.#url = await Promise.race([heard.promise, failed])
  }

  async status(): Promise<CameraStatus> {
    this.#told = Promise.withResolvers()
    this.#child?.send(STATUS)
    const late = Promise.withResolvers<never>()
    const timer = setTimeout(
      () => late.reject(new Error(`camera ${this.plan.name} does not answer`)),
      ANSWER_MS,
    )
    try {
      return await Promise.race([this.#told.promise, late.promise])
    } finally {
      clearTimeout(timer)
    }
  }

  async kill(): Promise<void> {
    await this.#child?.kill()
  }

  freeze(): void {
    this.#frozen = true
    this.#child?.signal('SIGSTOP')
  }

  thaw(): void {
    this.#frozen = false
    this.#child?.signal('SIGCONT')
  }

  async stop(): Promise<void> {
    await this.#child?.stop()
  }
}
