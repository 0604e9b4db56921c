import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { HealthReport } from '../../edge-connector/health/health-report.ts'
import { readPairingLink } from '../../local/home/pair-box.ts'
import { readJsonLine } from '../../local/programs/json-line.ts'
import { sendHttp } from '../../local/send-http.ts'
import { Child, type Exit } from './child.ts'
import type { ConnectorAsk } from './connector-probe.ts'
import type { Transcript } from './transcript.ts'

export interface ConnectorSettings {
  readonly name: string
  /** The shipped file. */
  readonly bundle: string
  /** What is loaded before it, to ask it from outside. */
  readonly probe: string
  /** Of this connector alone. */
  readonly folder: string
  readonly cloud: string
  readonly cameras: Readonly<Record<string, { readonly url: string; readonly maxCalls: number }>>
  readonly transcript: Transcript
}

/** The connector as it ships, which can be killed, frozen, started again, and copied with its key. */
export class ConnectorProcess {
  readonly settings: ConnectorSettings
  readonly #file: string
  readonly #link = Promise.withResolvers<string>()
  #child: Child | null = null
  #healthPort: Promise<number> = Promise.reject(new Error('the connector was not started'))
  #up: Promise<void> = this.#healthPort.then(() => undefined)
  #frozen = false

  constructor(settings: ConnectorSettings) {
    this.settings = settings
    for (const promise of [this.#healthPort, this.#up, this.#link.promise]) promise.catch(() => undefined)
    mkdirSync(settings.folder, { recursive: true })
    this.#file = join(settings.folder, 'connector.yaml')
    const { cloud, cameras } = settings
    writeFileSync(
      this.#file,
      JSON.stringify({ cloud, cameras, data: this.#data, healthPort: 0, logLevel: 'info' }),
    )
  }

  get #data(): string {
    return join(this.settings.folder, 'data')
  }

  /** Where an owner claims it, once it has been started. */
  get pairingLink(): Promise<string> {
    return this.#link.promise
  }

  get reachable(): boolean {
    return this.#child?.running === true && !this.#frozen
  }

  get exited(): Promise<Exit> {
    if (this.#child === null) throw new Error('the connector was not started')
    return this.#child.exited
  }

  /** Resolves when it is ready to be asked to stop. */
  async start(): Promise<void> {
    const { name, bundle, probe, transcript } = this.settings
    const port = Promise.withResolvers<number>()
    const up = Promise.withResolvers<void>()
    this.#up = up.promise
    this.#up.catch(() => undefined)
    this.#healthPort = port.promise
    port.promise.catch(() => undefined)
    this.#frozen = false
    this.#child = new Child({
      name,
      // As its first line has it: compiled code is most of what a long-running Node keeps.
      args: ['--lite-mode', '--expose-gc', '--require', probe, bundle, '--config', this.#file],
      transcript,
      isNoted: (line) => !line.includes('#pair='),
      onLine: (line) => {
        const said = readJsonLine(line)
        if (said['event'] === 'started') port.resolve(Number(said['healthPort']))
        if (said['event'] === 'cloud-up') up.resolve()
      },
      onMessage: (message) => {
        const link = readPairingLink(message)
        if (link !== undefined) this.#link.resolve(link)
      },
    })
    void this.#child.exited.then(({ code, signal }) => {
      const error = new Error(`${name} ended (${signal ?? code})`)
      for (const { reject } of [port, up, this.#link]) reject(error)
    })
    await port.promise
  }

  /** Resolves when it has been welcomed. */
  get up(): Promise<void> {
    return this.#up
  }

  async health(): Promise<HealthReport> {
    const { body } = await sendHttp(`http://127.0.0.1:${await this.#healthPort}/health`)
    return JSON.parse(body) as HealthReport
  }

  heap(): Promise<number> {
    return this.#ask<number>({ kind: 'heap' })
  }

  /** Rejects when it is up with no rollover before it. */
  async rollOver(): Promise<void> {
    for (let tries = 0; (await this.#ask<number>({ kind: 'roll-over' })) === 0; tries += 1) {
      const { next } = (await this.health()).cloud
      // It is away, or at its next connection already.
      if (next === null || next.state !== 'later' || next.attempts > 0) return
      // Between the two questions it may have come up.
      if (tries > 0) throw new Error(`${this.settings.name} is up and has no rollover before it`)
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

  async stop(): Promise<Exit> {
    return (await this.#child?.stop()) ?? { code: null, signal: null }
  }

  /** Another card with the same key, in a folder of its own; it is not started yet. */
  clone(folder: string): ConnectorProcess {
    const copy = new ConnectorProcess({ ...this.settings, folder })
    cpSync(this.#data, copy.#data, { recursive: true })
    return copy
  }

  #ask<Answer>(ask: ConnectorAsk): Promise<Answer> {
    if (this.#child === null) throw new Error('the connector was not started')
    return this.#child.ask<Answer>(ask)
  }
}
