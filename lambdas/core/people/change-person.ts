import type { Backend } from '../backend.ts'
import type { PersonRecord } from '../records.ts'

/** Whoever writes without a pause must not keep an owner from taking a right away. */
const ATTEMPTS = 20

export interface PersonChange {
  readonly before: PersonRecord | null
  /** The same as before where there was nothing to change. */
  readonly after: PersonRecord
}

/**
 * Reads the person and writes what `change` makes of it, unless someone else wrote in between: then once more. A
 * record that comes back as it was is not written. Or why it must not be changed.
 */
export async function changePerson<Refusal extends string>(
  { store }: Backend,
  id: string,
  change: (before: PersonRecord | null) => Promise<PersonRecord | Refusal> | PersonRecord | Refusal,
): Promise<PersonChange | Refusal> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const before = await store.getPerson(id)
    const after = await change(before)
    if (typeof after === 'string') return after
    if (after === before || (await store.putPerson(after, before?.revision ?? null)) === 'saved') {
      return { before, after }
    }
  }
  throw new Error(`person ${id} was changed ${ATTEMPTS} times while being changed`)
}
