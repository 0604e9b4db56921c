import type { Watch } from '../../protocol/operations.ts'
import { withNewest } from './with-newest.ts'

/** A word that is late by more ends than these would be late by minutes. */
const MOST_OVER = 256

/** Who watches now, by call, as an owner is told in no order [R10, R45]. */
export interface Watchers {
  readonly running: ReadonlyMap<string, Watch>
  /** The newest of those that have ended: an older word that one has begun may still come. */
  readonly over: ReadonlySet<string>
  /** Begun since the list was asked for, which may not have them. */
  readonly fresh: ReadonlySet<string>
}

export const NO_WATCHERS: Watchers = { running: new Map(), over: new Set(), fresh: new Set() }

/** A list is on its way. */
export function askForWatchers(watchers: Watchers): Watchers {
  return { ...watchers, fresh: new Set() }
}

export function listWatchers(watchers: Watchers, listed: readonly Watch[]): Watchers {
  const kept = [...watchers.running.values()].filter(({ call }) => watchers.fresh.has(call))
  const running = [...listed, ...kept].filter(({ call, endedAt }) => {
    return endedAt === undefined && !watchers.over.has(call)
  })
  return { ...watchers, running: new Map(running.map((watch) => [watch.call, watch])) }
}

/** Of two words about one call, the one that it is over holds. */
export function hearOfWatch(watchers: Watchers, watch: Watch): Watchers {
  const { call, endedAt } = watch
  const running = new Map(watchers.running)
  if (endedAt !== undefined || watchers.over.has(call)) {
    running.delete(call)
    return { ...watchers, running, over: withNewest(watchers.over, call, MOST_OVER) }
  }
  return { ...watchers, running: running.set(call, watch), fresh: new Set(watchers.fresh).add(call) }
}

/** The longest there first. */
export function byCamera(
  { running }: Watchers,
  isOwn: (call: string) => boolean,
): ReadonlyMap<string, readonly Watch[]> {
  const others = [...running.values()].filter(({ call }) => !isOwn(call))
  const grouped = new Map<string, readonly Watch[]>()
  for (const watch of others.sort((a, b) => a.startedAt - b.startedAt)) {
    grouped.set(watch.camera, [...(grouped.get(watch.camera) ?? []), watch])
  }
  return grouped
}
