import type { Watch } from '../../../protocol/operations.ts'
import type { Catalogue } from '../../text/catalogue.ts'
import type { PanelCatalogue } from '../../text/panel-catalogue.ts'

/** How long somebody watched, and why it ended where the owner may want to know. */
export function watchLine(text: Catalogue, panels: PanelCatalogue, watch: Watch): string {
  const { history } = panels
  if (watch.endedAt === undefined) return history.running
  const minutes = Math.round((watch.endedAt - watch.startedAt) / 60_000)
  const lasted = minutes < 1 ? history.underMinute : history.minutes(minutes)
  const why = reasonWords(text, history.reasons, watch.reason)
  return why === null ? lasted : `${lasted} · ${why}`
}

/** A call that the camera's own key did not vouch for [R42]. */
export function wasNotGenuine({ reason }: Watch): boolean {
  return reason === 'offer-not-genuine'
}

/** A viewer who left needs no word, and a reason that is not known has none. */
function reasonWords(
  text: Catalogue,
  reasons: Readonly<Record<string, string>>,
  reason: string | undefined,
): string | null {
  if (reason === undefined || reason === 'viewer-left' || reason === 'unknown') return null
  if (Object.hasOwn(reasons, reason)) return reasons[reason] ?? null
  const failures: Readonly<Record<string, { what: string }>> = text.failures
  const endings: Readonly<Record<string, { what: string }>> = text.endings
  if (Object.hasOwn(failures, reason)) return failures[reason]?.what ?? null
  return Object.hasOwn(endings, reason) ? (endings[reason]?.what ?? null) : null
}
