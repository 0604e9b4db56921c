import { isLive } from './call/call-effects.ts'
import type { CallState } from './call/call-state.ts'
import { isLost, type RegainState } from './regain/regain-state.ts'

/**
 * By camera, the calls of which a page that comes after this one in the same tab takes the place, the newest first: it
 * replaces that one, and hangs up the others [R48].
 */
export type KeptCalls = ReadonlyMap<string, readonly string[]>

/** A page that is reloaded again and again before it hears anything is not to fill the storage of its tab. */
const MOST_KEPT = 4

/** A call that was not sent yet takes no place, and one of which nothing was heard may never have come anywhere. */
export function keptOf(state: CallState, regain: RegainState, older: readonly string[]): readonly string[] {
  const lost = isLost(regain) ? [regain.lost] : []
  if (!isLive(state)) return lost.length > 0 ? [...lost, ...older] : []
  switch (state.phase) {
    case 'waiting':
      return lost.length > 0 ? [...lost, ...older] : [state.call]
    case 'calling':
      return [state.call, ...replacedBy(state), ...older].slice(0, MOST_KEPT)
    default:
      return [state.call]
  }
}

function replacedBy({ replaces }: { readonly replaces?: string }): readonly string[] {
  return replaces === undefined ? [] : [replaces]
}
