import type { Person } from '../principal.ts'
import type { PersonRecord } from '../records.ts'

/** Who asks, as the database has it now. */
export interface Asker {
  readonly principal: Person
  readonly person: PersonRecord
  readonly connection: string
}
