import type { Backend } from '../backend.ts'
import type { PersonRecord } from '../records.ts'

const ATTEMPTS = 5

/** Null when there is no such person. */
export async function changePerson(
  { store }: Backend,
  id: string,
  change: (before: PersonRecord) => PersonRecord,
): Promise<PersonRecord | null> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const before = await store.getPerson(id)
    if (before === null) return null
    const after = change(before)
    if (after === before || (await store.putPerson(after, before.revision)) === 'saved') return after
  }
  throw new Error(`person ${id} was changed ${ATTEMPTS} times while being changed`)
}
