import type { ViewerHangup } from '../../protocol/hangup.ts'
import { isLive } from './call/call-effects.ts'
import type { CallState } from './call/call-state.ts'
import { isLost, type RegainState } from './regain/regain-state.ts'

/** What a page leaves to the one that comes after it in the same tab. */
export interface KeptCalls {
  /** By camera, the call of which that page takes the place [R48]. */
  readonly going: ReadonlyMap<string, string>
  /** What that page says once more, for nobody may have heard it [R18]. The newest come last. */
  readonly hungUp: readonly ViewerHangup[]
}

export const NO_KEPT_CALLS: KeptCalls = { going: new Map(), hungUp: [] }

/** A page that is reloaded again and again before it hears anything is not to fill the storage of its tab. */
const MOST_HUNG_UP = 16

interface Line {
  readonly state: CallState
  readonly regain: RegainState
}

/** By camera. */
export function keptOf(lines: ReadonlyMap<string, Line>): KeptCalls {
  const going = [...lines].flatMap(([camera, line]) => {
    const call = goingOf(line)
    return call === null ? [] : [[camera, call] as const]
  })
  const hungUp = [...lines].flatMap(([camera, { state }]) => {
    const call = replacedBy(state)
    return call === null ? [] : [{ type: 'hangup', call, camera, reason: 'viewer-left' } as const]
  })
  return { going: new Map(going), hungUp }
}

/** With what was hung up besides, but for that of which the place is taken: nobody else need be told of it. */
export function withHungUp(kept: KeptCalls, doubtful: readonly ViewerHangup[]): KeptCalls {
  const known = new Set([...kept.going.values(), ...kept.hungUp.map(({ call }) => call)])
  const others = doubtful.filter(({ call }) => !known.has(call))
  return { ...kept, hungUp: [...others, ...kept.hungUp].slice(-MOST_HUNG_UP) }
}

/** A call that was not sent yet takes no place. */
function goingOf({ state, regain }: Line): string | null {
  if (isLive(state) && state.phase !== 'waiting') return state.call
  if (isLost(regain)) return regain.lost
  return state.phase === 'waiting' ? state.call : null
}

/** A call of which nothing was heard may never have come anywhere, and then what it replaces still runs. */
function replacedBy(state: CallState): string | null {
  return state.phase === 'calling' ? (state.replaces ?? null) : null
}
