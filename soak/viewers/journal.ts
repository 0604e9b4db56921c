import type { ViewerSnapshot } from '../../web/viewer/viewer-snapshot.ts'
import type { ViewerHistory } from './messages.ts'

type PresenceSeen = ViewerHistory['presences'][number]
type CallSeen = ViewerHistory['calls'][number]

/** What a viewer has shown, also between two looks at it: each change once, in its order. */
export class Journal {
  readonly #links: string[] = []
  readonly #presences: PresenceSeen[] = []
  readonly #calls: CallSeen[] = []
  readonly #lastPresence = new Map<string, string>()
  readonly #lastCall = new Map<string, CallSeen>()

  note({ link, cameras, calls }: ViewerSnapshot): void {
    if (this.#links.at(-1) !== link.phase) this.#links.push(link.phase)
    for (const { camera, state } of cameras?.values() ?? []) {
      if (this.#lastPresence.get(camera) === state) continue
      this.#lastPresence.set(camera, state)
      this.#presences.push({ camera, state })
    }
    for (const [camera, state] of calls) {
      const seen = { camera, call: state.phase === 'idle' ? null : state.call, phase: state.phase }
      const last = this.#lastCall.get(camera)
      if (last?.call === seen.call && last.phase === seen.phase) continue
      this.#lastCall.set(camera, seen)
      this.#calls.push(seen)
    }
  }

  history(): ViewerHistory {
    return { links: this.#links, presences: this.#presences, calls: this.#calls }
  }
}
