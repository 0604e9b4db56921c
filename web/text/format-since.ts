import type { Language } from './languages.ts'

/** The time alone when it is today, else with its day, and its year where that is another. In the zone of whoever reads it. */
export function formatSince(since: number, now: number, language: Language, timeZone?: string): string {
  const zone = timeZone === undefined ? {} : { timeZone }
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'short', ...zone })
  const time = { hour: 'numeric', minute: '2-digit', hourCycle: 'h23', ...zone } as const
  if (day.format(since) === day.format(now)) return new Intl.DateTimeFormat(language, time).format(since)
  const year = new Intl.DateTimeFormat(language, { year: 'numeric', ...zone })
  const far = year.format(since) === year.format(now) ? {} : ({ year: 'numeric' } as const)
  return new Intl.DateTimeFormat(language, { month: 'short', day: 'numeric', ...far, ...time }).format(since)
}

export function formatDay(at: number, language: Language, timeZone?: string): string {
  const zone = timeZone === undefined ? {} : { timeZone }
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', ...zone }).format(at)
}
