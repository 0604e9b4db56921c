import { ALIVE_INTERVAL_MS } from '../../../protocol/alive.ts'
import { assertNever } from '../assert-never.ts'
import {
  type CallStep,
  fail,
  isLive,
  isWatching,
  loseMedia,
  sendAnswer,
  sendCandidates,
  stay,
} from './call-effects.ts'
import { BEGIN_MS, PICTURE_AGAIN_MS, PICTURE_MS, RESEND_MS, TAP_MS } from './call-patience.ts'
import type { Answering, CallEffect, CallState, Connecting, PeerEvent } from './call-state.ts'
import { addOwn, batchWindowMs, hasUnsent } from './candidates.ts'

/** What the browser's own end of the connection reports. */
export function stepPeer(state: CallState, event: PeerEvent): CallStep {
  switch (event.type) {
    case 'answered':
      return state.phase === 'answering' ? takeAnswer(state, event.sdp) : stay(state)
    case 'peer-refused':
      return isLive(state) ? fail(state, { code: 'browser-refused', detail: event.detail }) : stay(state)
    case 'candidate':
      return takeOwn(state, event.candidate)
    case 'gathered':
      return takeGathered(state)
    case 'connected':
      if (state.phase === 'connecting') return openPath(state)
      return state.phase === 'interrupted' ? stay({ ...state, phase: 'playing' }) : stay(state)
    case 'disconnected':
      if (state.phase === 'connecting') return stay({ ...state, path: 'searching' })
      return state.phase === 'playing' ? stay({ ...state, phase: 'interrupted' }) : stay(state)
    case 'connection-failed':
      if (state.phase === 'connecting') return fail(state, { code: 'no-path' })
      return isWatching(state) ? loseMedia(state) : stay(state)
    case 'play-blocked':
      if (state.phase !== 'connecting') return stay(state)
      return {
        state: { ...state, blocked: true },
        effects: [{ type: 'start-timer', timer: 'picture', ms: TAP_MS }],
      }
    case 'first-frame':
      return state.phase === 'connecting' ? play(state) : stay(state)
    default:
      return assertNever(event)
  }
}

function takeAnswer(state: Answering, answer: string): CallStep {
  const { own, effects } = sendAnswer(state, answer)
  return {
    state: { ...state, phase: 'connecting', answer, own, resends: 0, path: 'searching', blocked: false },
    effects: [
      ...effects,
      { type: 'start-timer', timer: 'begin', ms: BEGIN_MS },
      { type: 'start-timer', timer: 'resend', ms: RESEND_MS },
      {
        type: 'start-timer',
        timer: 'picture',
        ms: state.replaces === undefined ? PICTURE_MS : PICTURE_AGAIN_MS,
      },
    ],
  }
}

/** Over a slow network the picture is not given up with the path to it: else it never came back by itself. */
function openPath(state: Connecting): CallStep {
  const isHurried = state.replaces !== undefined && !state.blocked
  return {
    state: { ...state, path: 'open' },
    effects: isHurried ? [{ type: 'start-timer', timer: 'picture', ms: PICTURE_AGAIN_MS }] : [],
  }
}

function takeOwn(
  state: CallState,
  candidate: Extract<PeerEvent, { type: 'candidate' }>['candidate'],
): CallStep {
  if (!('own' in state)) return stay(state)
  const own = addOwn(state.own, candidate)
  if (state.phase === 'answering' || hasUnsent(state.own) || !hasUnsent(own)) return stay({ ...state, own })
  const wait: CallEffect = { type: 'start-timer', timer: 'candidates', ms: batchWindowMs(own) }
  return { state: { ...state, own }, effects: [wait] }
}

function takeGathered(state: CallState): CallStep {
  if (!('own' in state)) return stay(state)
  const own = { ...state.own, done: true }
  return state.phase === 'answering' ? stay({ ...state, own }) : sendCandidates({ ...state, own })
}

function play({ call, camera, heard, own }: Connecting): CallStep {
  return {
    state: { phase: 'playing', call, camera, heard, own },
    effects: [
      { type: 'stop-timer', timer: 'picture' },
      { type: 'stop-timer', timer: 'resend' },
      { type: 'start-timer', timer: 'alive', ms: ALIVE_INTERVAL_MS },
    ],
  }
}
