export const UNTIL_PRESETS = ['hour', 'today', 'week', 'own'] as const
export type UntilPreset = (typeof UNTIL_PRESETS)[number]

const HOUR_MS = 60 * 60_000

/** Epoch ms; null when it is not to come. Days are those of whoever makes the link. `own`: `YYYY-MM-DDTHH:MM`. */
export function linkUntil(preset: UntilPreset, now: number, own: string): number | null {
  switch (preset) {
    case 'hour':
      return now + HOUR_MS
    case 'today':
      return endOfDay(now)
    case 'week': {
      // By the calendar: a week across the change of the clocks ends at the same time of day.
      const date = new Date(now)
      date.setDate(date.getDate() + 7)
      return date.getTime()
    }
    case 'own': {
      const chosen = new Date(own).getTime()
      return chosen > now ? chosen : null
    }
  }
}

/** The last minute of the day, as that is how it is read: 23:59 is today, 0:00 looks like tomorrow. */
function endOfDay(now: number): number {
  const date = new Date(now)
  date.setHours(23, 59, 59, 0)
  return date.getTime() > now ? date.getTime() : now + HOUR_MS
}

/** What an input of date and time takes: local, without a zone, in minutes. */
export function asLocalInput(at: number): string {
  const date = new Date(at)
  const two = (value: number) => String(value).padStart(2, '0')
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`
}
