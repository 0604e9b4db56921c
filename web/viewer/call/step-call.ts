import { ALIVE_INTERVAL_MS } from '../../../protocol/alive.ts'
import { assertNever } from '../assert-never.ts'
import {
  addCandidates,
  type CallStep,
  fail,
  hangUp,
  isLive,
  isWatching,
  loseMedia,
  replacing,
  sendAnswer,
  sendCandidates,
  startAsking,
  stay,
  stopAsking,
} from './call-effects.ts'
import { ASK_AGAIN_MS, MAX_RESENDS, RESEND_MS } from './call-patience.ts'
import type {
  Answering,
  CallEffect,
  CallEvent,
  Calling,
  CallState,
  CallTimer,
  Connecting,
  Live,
  Waiting,
  Watching,
} from './call-state.ts'
import { hasNone, takeFresh } from './candidates.ts'
import { stepError } from './step-error.ts'
import { takeOffer, takeVerdict } from './step-offer.ts'
import { stepPeer } from './step-peer.ts'

/** One camera's call, from the click to its end. A message of a call that is over is dropped [R18]. */
export function stepCall(state: CallState, event: CallEvent): CallStep {
  switch (event.type) {
    case 'place': {
      if (isLive(state)) return stay(state)
      const { call, camera, takeOver, replaces } = event
      const named = { call, camera, takeOver, ...(replaces === undefined ? {} : { replaces }) }
      const waiting: Waiting = { phase: 'waiting', ...named }
      return event.linkUp ? ask(waiting) : stay(waiting)
    }
    case 'distrust': {
      if (isLive(state)) return stay(state)
      const { call, camera, code } = event
      return stay({ phase: 'failed', call, camera, failure: { code } })
    }
    case 'leave':
      return isLive(state) ? hangUp(state, 'viewer-left', { phase: 'idle' }) : stay({ phase: 'idle' })
    case 'release': {
      if (!isLive(state)) return stay(state)
      const { call, camera } = state
      return hangUp(state, event.reason, { phase: 'ended', call, camera, reason: event.reason })
    }
    case 'stalled':
      return isWatching(state) ? loseMedia(state) : stay(state)
    case 'link-up':
      return linkUp(state)
    case 'moved':
      return moved(state)
    case 'link-down':
      if (state.phase !== 'calling') return stay(state)
      return { state: { ...state, progress: 'paused' }, effects: stopAsking() }
    case 'offer':
      // Of one that is repeated, only its candidates can be new [R12].
      return state.phase === 'calling' ? takeOffer(state, event) : takeCandidates(state, event.candidates)
    case 'verified':
      if (state.phase !== 'verifying' || state.call !== event.call) return stay(state)
      return takeVerdict(state, event.verdict)
    case 'candidates':
      return takeCandidates(state, event.candidates)
    case 'hangup':
      if (!isLive(state)) return stay(state)
      return {
        state: { phase: 'ended', call: state.call, camera: state.camera, reason: event.reason },
        effects: [{ type: 'release' }],
      }
    case 'error':
      return isLive(state) ? stepError(state, event) : stay(state)
    case 'timer':
      return stepTimer(state, event.timer)
    case 'answered':
    case 'peer-refused':
    case 'candidate':
    case 'gathered':
    case 'connected':
    case 'disconnected':
    case 'connection-failed':
    case 'play-blocked':
    case 'first-frame':
      return stepPeer(state, event)
    default:
      return assertNever(event)
  }
}

function stepTimer(state: CallState, timer: CallTimer): CallStep {
  switch (timer) {
    case 'slow':
      return state.phase === 'calling' && state.progress === 'asked'
        ? stay({ ...state, progress: 'slow' })
        : stay(state)
    case 'ask-again':
      if (state.phase !== 'calling') return stay(state)
      return {
        state: { ...state, progress: 'asked-again' },
        effects: [callMessage(state), { type: 'start-timer', timer: 'ask-again', ms: ASK_AGAIN_MS }],
      }
    case 'give-up':
      if (state.phase === 'verifying') return fail(state, { code: 'browser-refused' })
      return state.phase === 'calling' ? fail(state, { code: 'no-reply' }) : stay(state)
    case 'candidates':
      return 'own' in state && state.phase !== 'answering' ? sendCandidates(state) : stay(state)
    case 'resend': {
      if (state.phase !== 'connecting' || state.path === 'open' || state.resends >= MAX_RESENDS)
        return stay(state)
      const sent = sendAnswer(state, state.answer)
      return {
        state: { ...state, own: sent.own, resends: state.resends + 1 },
        effects: [
          callMessage(state),
          ...sent.effects,
          { type: 'start-timer', timer: 'resend', ms: RESEND_MS },
        ],
      }
    }
    case 'picture':
      if (state.phase !== 'connecting') return stay(state)
      if (state.path !== 'open') return fail(state, { code: 'no-path' })
      return fail(state, { code: state.blocked ? 'not-started' : 'no-picture' })
    case 'begin':
      return isStuck(state) ? fail(state, { code: 'browser-stuck' }) : stay(state)
    case 'alive':
      return isWatching(state) ? say('alive', state) : stay(state)
    case 'resume-again':
      return isWatching(state) ? say('resume', state) : stay(state)
    default:
      return assertNever(timer)
  }
}

function isStuck(state: CallState): state is Answering | Connecting {
  return (
    state.phase === 'answering' ||
    (state.phase === 'connecting' && state.path !== 'open' && hasNone(state.own))
  )
}

/**
 * What was sent last may have been lost with the link, and every message is idempotent. A call that plays is not
 * placed again, which would have its host offer once more [R12]: it is moved to where the viewer is now, and should it
 * be over, its end is the answer [R47].
 */
function linkUp(state: CallState): CallStep {
  switch (state.phase) {
    case 'waiting':
      return ask(state)
    case 'calling':
      return { state: { ...state, progress: 'asked' }, effects: [callMessage(state), ...startAsking()] }
    case 'verifying':
    case 'answering':
      return { state, effects: [callMessage(state)] }
    case 'connecting': {
      const sent = sendAnswer(state, state.answer)
      return { state: { ...state, own: sent.own }, effects: [callMessage(state), ...sent.effects] }
    }
    case 'playing':
    case 'interrupted':
      return say('resume', state)
    case 'idle':
    case 'ended':
    case 'failed':
      return stay(state)
    default:
      return assertNever(state)
  }
}

/**
 * Another connection has taken over, and nothing need have been lost; but it may, when the one before had died
 * without a word. Who does not know yet whether the host has the call asks for it once more [R12].
 */
function moved(state: CallState): CallStep {
  switch (state.phase) {
    case 'calling':
      return { state, effects: [callMessage(state)] }
    case 'verifying':
    case 'answering':
      return { state, effects: [resumeMessage(state)] }
    case 'connecting': {
      const sent = sendAnswer(state, state.answer)
      return { state: { ...state, own: sent.own }, effects: [resumeMessage(state), ...sent.effects] }
    }
    case 'playing':
    case 'interrupted':
      return say('resume', state)
    case 'idle':
    case 'waiting':
    case 'ended':
    case 'failed':
      return stay(state)
    default:
      return assertNever(state)
  }
}

/** The connection is made while the call is on its way, so that nothing but the offer is waited for. */
function ask(waiting: Waiting): CallStep {
  const { call } = waiting
  const calling: Calling = { ...waiting, phase: 'calling', progress: 'asked', early: [] }
  return { state: calling, effects: [callMessage(calling), { type: 'open-peer', call }, ...startAsking()] }
}

function takeCandidates(state: CallState, candidates: Calling['early']): CallStep {
  if (state.phase === 'calling' || state.phase === 'verifying') {
    const { fresh } = takeFresh(new Set(), [...state.early, ...candidates])
    return stay({ ...state, early: fresh })
  }
  if (!('heard' in state)) return stay(state)
  const { heard, fresh } = takeFresh(state.heard, candidates)
  return { state: { ...state, heard }, effects: addCandidates(fresh) }
}

/** Either is a sign of life to the host. */
function say(type: 'alive' | 'resume', state: Watching): CallStep {
  const { call, camera } = state
  return {
    state,
    effects: [
      { type: 'send', message: { type, call, camera } },
      { type: 'start-timer', timer: 'alive', ms: ALIVE_INTERVAL_MS },
    ],
  }
}

function resumeMessage({ call, camera }: Live): CallEffect {
  return { type: 'send', message: { type: 'resume', call, camera } }
}

function callMessage(state: Exclude<Live, Waiting>): CallEffect {
  const { call, camera } = state
  if (state.phase !== 'calling') return { type: 'send', message: { type: 'call', call, camera } }
  const takeOver = state.takeOver ? { takeOver: true } : {}
  return { type: 'send', message: { type: 'call', call, camera, ...takeOver, ...replacing(state) } }
}
