import type { ModelEvent } from './event.ts'
import type { ModelConnection } from './model.ts'

export class Violation extends Error {
  override readonly name = 'Violation'
}

/** What the function has done that the model forbids. */
export class Violations {
  readonly #all: Violation[] = []

  add(violation: Violation): void {
    this.#all.push(violation)
  }

  note(what: string, { from, message, kind }: ModelEvent): Violation {
    const course = `in the course of ${kind} ${JSON.stringify(message)} from ${nameOf(from)}`
    const violation = new Violation(`${what}\n  ${course}`)
    this.add(violation)
    return violation
  }

  /** The first is what went wrong; the function may have failed of it. */
  throwFirst(): void {
    const [violation] = this.#all
    if (violation !== undefined) throw violation
  }
}

export function nameOf({ id, who }: ModelConnection): string {
  return `${id} (${who.kind === 'nobody' ? who.reason : `${who.kind} ${who.id.slice(0, 8)}`})`
}
