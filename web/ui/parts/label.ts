import * as v from 'valibot'
import { Label } from '../../../protocol/identifiers.ts'

/** As it goes over the wire; null when it is no name. */
export function readLabel(written: string): string | null {
  const label = written.trim().replace(/\s+/g, ' ')
  return v.is(Label, label) ? label : null
}
