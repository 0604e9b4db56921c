import type { Grant } from '../../../protocol/operations.ts'
import type { PanelCatalogue } from '../../text/panel-catalogue.ts'

/** What kind of right it is, until when, and for how many at once. */
export function grantLine(
  { grants }: PanelCatalogue,
  { kind, until, max }: Grant,
  now: number,
  format: (at: number) => string,
  owner = false,
): string {
  const parts = [owner ? grants.owner : grants.kinds[kind]]
  if (until !== undefined) parts.push(until > now ? grants.until(format(until)) : grants.over(format(until)))
  if (max !== undefined) parts.push(grants.max(max))
  return parts.join(' · ')
}
