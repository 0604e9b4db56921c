import type { Clock } from '../clock/clock.ts'
import { type HearingOut, hearOut } from './hear-out.ts'
import { Line, type SocketEvent } from './line.ts'
import type { Which } from './link-state.ts'

const CLOSE_TIMEOUT_MS = 500

export interface LinesPorts {
  readonly url: string
  /** The device's credential for one connection, made at that moment. */
  readonly token: () => string
  readonly clock: Clock
  readonly became: (which: Which, event: SocketEvent) => void
  readonly heard: (from: Which | 'older', frame: string) => void
}

/** The sockets to the cloud: the present one, the one that is to follow, and older ones that are heard out. */
export class Lines {
  readonly #ports: LinesPorts
  readonly #lines: Record<Which, Line | null> = { present: null, next: null }
  readonly #older = new Map<Line, HearingOut>()
  /** Also those of which nobody hears any more. */
  readonly #open = new Set<Line>()

  constructor(ports: LinesPorts) {
    this.#ports = ports
  }

  connect(which: Which): void {
    const { url, token, became, heard } = this.#ports
    const line = new Line({
      url,
      token: token(),
      became: (event) => {
        const place = this.#placeOf(line)
        if (place === 'present' || place === 'next') became(place, event)
      },
      heard: (frame) => {
        const place = this.#placeOf(line)
        this.#older.get(line)?.heard()
        if (place !== null) heard(place, frame)
      },
    })
    this.#lines[which] = line
    this.#open.add(line)
    void line.gone.then(() => {
      this.#open.delete(line)
      this.#letGo(line)
    })
  }

  say(which: Which, frame: string): void {
    this.#lines[which]?.say(frame)
  }

  ping(): void {
    this.#lines.present?.ping()
  }

  drop(which: Which): void {
    this.#lines[which]?.drop()
    this.#lines[which] = null
  }

  /** [R46] */
  rollOver(): void {
    const { present: older, next } = this.#lines
    this.#lines.present = next
    this.#lines.next = null
    if (older === null) return
    const waiting = hearOut(this.#ports.clock, () => {
      this.#older.delete(older)
      older.close()
    })
    this.#older.set(older, waiting)
  }

  fallOver(): void {
    this.drop('present')
    this.#lines.present = this.#lines.next
    this.#lines.next = null
  }

  /** With a goodbye; nothing is heard any more. */
  close(): void {
    this.#lines.present = null
    this.#lines.next = null
    for (const line of this.#older.keys()) this.#letGo(line)
    for (const line of this.#open) line.close()
  }

  /** Resolves when what was said is out and every socket is closed, or after half a second. */
  async closed(): Promise<void> {
    const cancel = this.#ports.clock.after(CLOSE_TIMEOUT_MS, () => {
      for (const line of this.#open) line.drop()
    })
    await Promise.all([...this.#open].map(({ gone }) => gone))
    cancel()
  }

  #placeOf(line: Line): Which | 'older' | null {
    if (this.#lines.present === line) return 'present'
    if (this.#lines.next === line) return 'next'
    return this.#older.has(line) ? 'older' : null
  }

  #letGo(line: Line): void {
    this.#older.get(line)?.cancel()
    this.#older.delete(line)
  }
}
