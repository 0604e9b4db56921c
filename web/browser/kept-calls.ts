import * as v from 'valibot'
import { toBase64url } from '../../protocol/base64url.ts'
import { ViewerHangup } from '../../protocol/hangup.ts'
import { CallId, CameraId, Secret } from '../../protocol/identifiers.ts'
import { type KeptCalls as Calls, NO_KEPT_CALLS } from '../viewer/kept-calls.ts'
import { randomBytes } from './browser-ports.ts'

const KEY = 'mihari.watching'
/** A page that is reloaded gives up its lock a moment after the next one asks for it. */
const LOCK_PATIENCE_MS = 500

const Kept = v.object({
  tab: Secret,
  calls: v.record(CameraId, CallId),
  hungUp: v.array(ViewerHangup),
})

export interface KeptCalls {
  /** What the page had that was in this tab before. */
  readonly before: Calls
  keep(calls: Calls): void
}

interface KeptCallsPorts {
  /** The tab's own. */
  readonly storage: Storage
  /** Some browsers have none. */
  readonly locks: LockManager | undefined
  /** How the page was come to (W3C Navigation Timing). */
  readonly navigation: string
  readonly freshId: () => string
}

/** Those of this tab. */
export function keptCallsOf(storage: Storage): Promise<KeptCalls> {
  const { locks } = navigator as Partial<Navigator>
  const [entry] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
  const freshId = () => toBase64url(randomBytes(16))
  return openKeptCalls({ storage, locks, navigation: entry?.type ?? 'navigate', freshId })
}

/**
 * A tab that is duplicated begins with a copy of what the other keeps, whose calls go on there. So each tab has a
 * lock with a name of its own, and what is kept belongs to whoever holds that.
 */
export async function openKeptCalls({
  storage,
  locks,
  navigation,
  freshId,
}: KeptCallsPorts): Promise<KeptCalls> {
  const found = readKept(storage)
  const isOurs =
    found !== null && (locks === undefined ? navigation === 'reload' : await hold(locks, found.tab))
  const ours = isOurs ? found : null
  const before: Calls =
    ours === null ? NO_KEPT_CALLS : { going: new Map(Object.entries(ours.calls)), hungUp: ours.hungUp }
  let tab = ours === null ? null : ours.tab
  let written = textOf(before)
  if (tab === null) storage.removeItem(KEY)
  return {
    before,
    keep(calls) {
      const text = textOf(calls)
      if (text === written) return
      written = text
      if (tab === null) {
        tab = freshId()
        if (locks !== undefined) void hold(locks, tab)
      }
      const { going, hungUp } = calls
      if (going.size === 0 && hungUp.length === 0) storage.removeItem(KEY)
      else storage.setItem(KEY, JSON.stringify({ tab, calls: Object.fromEntries(going), hungUp }))
    },
  }
}

/** For as long as the page lives. False if another page does. */
function hold(locks: LockManager, tab: string): Promise<boolean> {
  return new Promise((resolve) => {
    const forever = () => {
      resolve(true)
      return new Promise<never>(() => undefined)
    }
    const signal = AbortSignal.timeout(LOCK_PATIENCE_MS)
    locks.request(`mihari.tab.${tab}`, { signal }, forever).catch(() => resolve(false))
  })
}

function readKept(storage: Storage): v.InferOutput<typeof Kept> | null {
  const text = storage.getItem(KEY)
  if (text === null) return null
  try {
    const value: unknown = JSON.parse(text)
    return v.is(Kept, value) ? value : null
  } catch {
    // Not ours, then.
    return null
  }
}

function textOf({ going, hungUp }: Calls): string {
  return JSON.stringify([...going, ...hungUp])
}
