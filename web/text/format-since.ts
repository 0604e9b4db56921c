import type { Language } from './languages.ts'

/** The time alone when it was today, else with its day. In the zone of whoever reads it. */
export function formatSince(since: number, now: number, language: Language, timeZone?: string): string {
  const zone = timeZone === undefined ? {} : { timeZone }
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'short', ...zone })
  const time = { hour: 'numeric', minute: '2-digit', hourCycle: 'h23', ...zone } as const
  if (day.format(since) === day.format(now)) return new Intl.DateTimeFormat(language, time).format(since)
  return new Intl.DateTimeFormat(language, { month: 'short', day: 'numeric', ...time }).format(since)
}
