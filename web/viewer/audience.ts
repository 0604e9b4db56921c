import type { Asked, Watch } from '../../protocol/operations.ts'
import { allPages } from './all-pages.ts'
import type { AskResult } from './ask-result.ts'
import {
  askForWatchers,
  byCamera,
  hearOfWatch,
  listWatchers,
  NO_WATCHERS,
  type Watchers,
} from './watchers.ts'

interface AudiencePorts {
  readonly ask: (asked: Asked<'list-watchers'>) => Promise<AskResult<'list-watchers'>>
  /** Whether the call is one of this page. */
  readonly isOwn: (call: string) => boolean
  readonly changed: (watchers: ReadonlyMap<string, readonly Watch[]>) => void
}

/** Who watches now, for an owner. */
export class Audience {
  readonly #ports: AudiencePorts
  #watchers: Watchers = NO_WATCHERS

  constructor(ports: AudiencePorts) {
    this.#ports = ports
  }

  /** Asks for all of them. */
  async list(): Promise<void> {
    this.#watchers = askForWatchers(this.#watchers)
    const listed = await allPages(
      (cursor) => this.#ports.ask({ cursor }),
      ({ watchers }) => watchers,
      ({ call }) => call,
    )
    // Without the whole list, what is heard of them must do until the next welcome.
    if (listed.kind === 'done') this.#set(listWatchers(this.#watchers, listed.answer))
  }

  hear(watch: Watch): void {
    this.#set(hearOfWatch(this.#watchers, watch))
  }

  clear(): void {
    this.#set(NO_WATCHERS)
  }

  #set(watchers: Watchers): void {
    this.#watchers = watchers
    this.#ports.changed(byCamera(watchers, this.#ports.isOwn))
  }
}
