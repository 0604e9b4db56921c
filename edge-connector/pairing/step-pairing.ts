import { PAIRING_CODE_MS } from '../../protocol/operations.ts'
import { backoffMs, REFUSED_POLICY } from '../cloud/backoff.ts'
import { assertNever } from '../lifecycle/assert-never.ts'
import type { PairingEvent, PairingState, PairingStep, PairingSurroundings } from './pairing-state.ts'

const REPLY_TIMEOUT_MS = 10_000
/** A code is replaced a little before the cloud gives it up. */
const CODE_MS = PAIRING_CODE_MS - 30_000
/** After a lost line a code is kept that has at least this long to go: somebody may just be claiming it. */
const WORTH_KEEPING_MS = 2 * 60_000
/** While somebody is likely to stand before it, there is always a code. */
const ATTENDED_MS = 60 * 60_000
/** From then on there is one each hour: its place among the few unpaired devices is free meanwhile. */
const PAUSE_MS = 50 * 60_000

/** How a device waits for an owner to claim it [R38] [R39]. It never gives up. */
export function stepPairing(
  state: PairingState,
  event: PairingEvent,
  around: PairingSurroundings,
): PairingStep {
  switch (event.type) {
    case 'unpaired':
      return ask(state, around)
    case 'paired':
      return {
        state: { phase: 'idle' },
        effects: [
          { type: 'stop-timers' },
          ...(state.phase === 'idle' ? [] : [{ type: 'tell-paired' } as const]),
        ],
      }
    case 'down':
      return state.phase === 'idle' ? unchanged(state) : goAway(state, [])
    case 'accepted':
      return state.phase === 'asking' && state.id === event.id
        ? show(state, event, around.now)
        : unchanged(state)
    case 'refused':
      return state.phase === 'asking' && state.id === event.id
        ? fail(state, event.why, around.random)
        : unchanged(state)
    case 'stop':
      return { state: { phase: 'idle' }, effects: [{ type: 'stop-timers' }] }
    case 'timer':
      switch (event.timer) {
        case 'reply':
          return state.phase === 'asking'
            ? fail(state, 'the cloud did not answer', around.random)
            : unchanged(state)
        case 'renew':
          return state.phase === 'showing' ? renew(state, around) : unchanged(state)
        default:
          return assertNever(event.timer)
      }
    default:
      return assertNever(event)
  }
}

/** A code that is kept is told to the cloud again: the word may have been lost with the line. */
function ask(state: PairingState, { now, fresh }: PairingSurroundings): PairingStep {
  const waiting =
    state.phase === 'idle' ? { since: now, failures: 0 } : { since: state.since, failures: state.failures }
  const old = state.phase === 'idle' ? null : state.code
  const keep = old !== null && now - old.madeAt <= CODE_MS - WORTH_KEEPING_MS
  const code = keep ? old : { secret: fresh(), madeAt: now, shown: false }
  const id = fresh()
  return {
    state: { ...waiting, phase: 'asking', code, id },
    effects: [
      { type: 'stop-timers' },
      { type: 'ask', id, secret: code.secret },
      { type: 'start-timer', timer: 'reply', ms: REPLY_TIMEOUT_MS },
    ],
  }
}

function show(
  state: Extract<PairingState, { phase: 'asking' }>,
  { until, site }: Extract<PairingEvent, { type: 'accepted' }>,
  now: number,
): PairingStep {
  const { since, code } = state
  const endsAt = code.madeAt + CODE_MS
  const shown = {
    secret: code.secret,
    site,
    until: until - (PAIRING_CODE_MS - CODE_MS),
    pauseMs: endsAt - since < ATTENDED_MS ? 0 : PAUSE_MS,
  }
  return {
    state: { phase: 'showing', since, failures: 0, code: { ...code, shown: true } },
    effects: [
      { type: 'stop-timer', timer: 'reply' },
      { type: 'start-timer', timer: 'renew', ms: Math.max(0, endsAt - now) },
      ...(code.shown ? [] : [{ type: 'show', code: shown } as const]),
    ],
  }
}

function renew(state: Extract<PairingState, { phase: 'showing' }>, around: PairingSurroundings): PairingStep {
  if (around.now - state.since < ATTENDED_MS) return ask(state, around)
  return goAway(state, [{ type: 'rest', ms: PAUSE_MS, why: 'nobody has claimed it for an hour' }])
}

function fail(state: Extract<PairingState, { phase: 'asking' }>, why: string, random: number): PairingStep {
  const ms = backoffMs(state.failures, REFUSED_POLICY, random)
  return goAway({ ...state, failures: state.failures + 1 }, [{ type: 'rest', ms, why }])
}

function goAway(
  { since, failures, code }: Exclude<PairingState, { phase: 'idle' }>,
  effects: PairingStep['effects'],
): PairingStep {
  return {
    state: { phase: 'away', since, failures, code },
    effects: [{ type: 'stop-timers' }, ...effects],
  }
}

function unchanged(state: PairingState): PairingStep {
  return { state, effects: [] }
}
