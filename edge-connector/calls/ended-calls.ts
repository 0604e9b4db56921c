import type { IncomingCall } from '../../protocol/call.ts'
import type { Ending } from './call-state.ts'

/** Longer than any message is on its way, and than a viewer goes on retrying. */
const REMEMBER_MS = 10 * 60_000
const REMEMBER_CALLS = 200

/** Whose call it would be, at which camera. */
type Owner = Pick<IncomingCall, 'who' | 'camera'>

/** Calls that are over: their late messages open no camera, and a late `call` is told how it ended. */
export class EndedCalls {
  readonly #endings = new Map<string, { readonly ending: Ending; readonly at: number; readonly of?: Owner }>()

  /** `of`: the only one to whom it says anything. */
  add(ending: Ending, now: number, of?: Owner): void {
    this.#endings.delete(ending.call)
    this.#endings.set(ending.call, { ending, at: now, ...(of === undefined ? {} : { of }) })
    // A Map keeps its order of insertion, so the oldest come first.
    for (const [id, { at }] of this.#endings) {
      if (this.#endings.size <= REMEMBER_CALLS && now - at < REMEMBER_MS) break
      this.#endings.delete(id)
    }
  }

  find(call: string, now: number, by?: Owner): Ending | undefined {
    const found = this.#endings.get(call)
    if (found === undefined || now - found.at >= REMEMBER_MS) return undefined
    const { of, ending } = found
    const another = of !== undefined && by !== undefined && (of.who !== by.who || of.camera !== by.camera)
    return another ? undefined : ending
  }
}
