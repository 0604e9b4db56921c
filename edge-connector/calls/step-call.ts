import { ALIVE_AGAIN_TIMEOUT_MS, ALIVE_TIMEOUT_MS } from '../../protocol/alive.ts'
import { errorMessage } from '../../protocol/error.ts'
import { errorRule } from '../../protocol/error-codes.ts'
import type { Candidate } from '../../protocol/ice.ts'
import { assertNever } from '../lifecycle/assert-never.ts'
import type { CallMessage } from './call-message.ts'
import {
  type CallEvent,
  type CallState,
  type CallStep,
  type CallSurroundings,
  type Opening,
  type RunningCall,
  say,
  stay,
} from './call-state.ts'
import { failCall, hangUp, wasHungUp } from './end-call.ts'
import { addIncoming } from './incoming-candidates.ts'
import { allSent, unsent } from './outgoing-candidates.ts'
import { packCandidates, packOffer } from './pack-candidates.ts'
import { pausePatience, resumePatience, startPatience } from './patience.ts'
import { shortenRight } from './right.ts'
import { CONNECT_TIMEOUT_MS, stepOnCamera } from './step-on-camera.ts'

/** A viewer answers an offer at once. One that has gone meanwhile must not keep the camera's feed. */
export const ANSWER_TIMEOUT_MS = 30_000

export function beginCall(state: Opening, now: number): CallStep {
  return {
    state,
    effects: [
      { type: 'open-camera' },
      { type: 'start-timer', timer: 'connect', ms: CONNECT_TIMEOUT_MS },
      ...rightTimer(state.rightEndsAt, now),
    ],
  }
}

/** What one event means for one call. */
export function stepCall(state: CallState, event: CallEvent, around: CallSurroundings): CallStep {
  if (state.phase === 'ended') return stay(state)
  const { now } = around
  switch (event.type) {
    case 'call':
      return callAgain(state, event.leftMs, now)
    case 'answer':
      return takeAnswer(state, event, now)
    case 'candidates':
      return takeCandidates(state, event.candidates)
    case 'alive':
    case 'resume':
      return state.phase === 'answered' ? awaitAlive(state, now) : stay(state)
    case 'hangup':
      return wasHungUp(state, event.reason)
    case 'error':
      return errorRule(event.code).ends === 'call'
        ? wasHungUp(state, event.code)
        : say(state, 'info', 'the cloud answered with an error', `${event.code} ${event.detail ?? ''}`)
    case 'link':
      return followLink(state, event.up, now)
    case 'end':
      return hangUp(state, event.reason)
    case 'camera':
      return stepOnCamera(state, event.camera, around.signOffer)
    case 'timer':
      return onTimer(state, event.timer, now)
    default:
      return assertNever(event)
  }
}

function onTimer(
  state: RunningCall,
  timer: Extract<CallEvent, { type: 'timer' }>['timer'],
  now: number,
): CallStep {
  switch (timer) {
    case 'connect':
      return failCall(state, 'camera-unreachable', 'the camera does not answer')
    case 'offer':
      return state.phase === 'calling' && state.puzzle !== null
        ? failCall(state, 'camera-garbled', state.puzzle)
        : failCall(state, 'camera-silent', 'the camera took the call but made no offer')
    case 'batch':
      return state.phase === 'offering' ? sendOffer(state, now) : sendBatch(state)
    case 'patience':
      return hangUp(state, 'viewer-silent')
    case 'right':
      // [R35] Whatever the link does: the home enforces this alone.
      return hangUp(state, 'access-expired')
    default:
      return assertNever(timer)
  }
}

function sendOffer(state: Extract<RunningCall, { phase: 'offering' }>, now: number): CallStep {
  const { outgoing } = state
  const frames = packOffer(state, outgoing.known, outgoing.done)
  if (frames === null) return failCall(state, 'camera-garbled', 'the offer is too long')
  const patience = startPatience(ANSWER_TIMEOUT_MS, now, state.linkUp)
  return {
    state: { ...state, phase: 'offered', outgoing: allSent(outgoing), patience },
    effects: [...sends(frames), ...patienceTimer(patience)],
  }
}

function sendBatch(state: RunningCall): CallStep {
  const { outgoing } = state
  const frames = packCandidates(state.id, unsent(outgoing), outgoing.done)
  return {
    state: { ...state, outgoing: { ...allSent(outgoing), batches: outgoing.batches + 1 } },
    effects: sends(frames),
  }
}

/** [R12] [R35] */
function callAgain(state: RunningCall, leftMs: number | undefined, now: number): CallStep {
  const endsAt = shortenRight(state.rightEndsAt, leftMs, now)
  if (endsAt !== null && endsAt <= now) return hangUp(state, 'access-expired')
  const repeated = repeatOffer({ ...state, rightEndsAt: endsAt })
  const timer = endsAt === state.rightEndsAt ? [] : rightTimer(endsAt, now)
  return { state: repeated.state, effects: [...timer, ...repeated.effects] }
}

/** [R12] A retry gets the offer again with all that has been gathered, whatever of it was lost. */
function repeatOffer(state: RunningCall): CallStep {
  if (state.phase !== 'offered' && state.phase !== 'answered') return stay(state)
  const frames = packOffer(state, state.outgoing.known, state.outgoing.done) ?? []
  return {
    state: { ...state, outgoing: allSent(state.outgoing) },
    effects: [{ type: 'stop-timer', timer: 'batch' }, ...sends(frames)],
  }
}

function takeAnswer(
  state: RunningCall,
  answer: Extract<CallEvent, { type: 'answer' }>,
  now: number,
): CallStep {
  if (state.phase === 'answered') return stay(state)
  if (state.phase !== 'offered') {
    const detail = 'answer: there is no offer yet'
    return { state, effects: sends([hostError(state.id, 'unexpected-message', detail)]) }
  }
  const taken = takeCandidates(state, answer.candidates)
  const { incoming } = taken.state
  const patience = startPatience(ALIVE_TIMEOUT_MS, now, state.linkUp)
  return {
    state: { ...state, phase: 'answered', incoming: { ...incoming, held: [] }, patience },
    effects: [
      { type: 'answer-camera', sdp: answer.sdp },
      ...incoming.held.map((candidate) => ({ type: 'add-candidate', candidate }) as const),
      ...taken.effects,
      ...patienceTimer(patience),
    ],
  }
}

function takeCandidates(
  state: RunningCall,
  candidates: readonly Candidate[],
): CallStep & { readonly state: RunningCall } {
  const { incoming, fresh, overflow } = addIncoming(state.incoming, candidates)
  const complaint = overflow ? sends([hostError(state.id, 'too-many-candidates')]) : []
  if (state.phase !== 'answered') {
    const held = [...incoming.held, ...fresh]
    return { state: { ...state, incoming: { ...incoming, held } }, effects: complaint }
  }
  return {
    state: { ...state, incoming },
    effects: [...fresh.map((candidate) => ({ type: 'add-candidate', candidate }) as const), ...complaint],
  }
}

function awaitAlive(state: Extract<RunningCall, { phase: 'answered' }>, now: number): CallStep {
  const patience = startPatience(ALIVE_TIMEOUT_MS, now, state.linkUp)
  return { state: { ...state, patience }, effects: patienceTimer(patience) }
}

/** [R24] [R22] The call goes on without the cloud, and the viewer is not blamed for what cannot arrive. */
function followLink(state: RunningCall, linkUp: boolean, now: number): CallStep {
  if (state.phase !== 'offered' && state.phase !== 'answered') return stay({ ...state, linkUp })
  const leastMs = state.phase === 'answered' ? ALIVE_AGAIN_TIMEOUT_MS : 0
  const patience = linkUp ? resumePatience(state.patience, leastMs, now) : pausePatience(state.patience, now)
  return { state: { ...state, linkUp, patience }, effects: patienceTimer(patience) }
}

function patienceTimer(patience: { readonly leftMs: number; readonly since: number | null }) {
  return patience.since === null
    ? ([{ type: 'stop-timer', timer: 'patience' }] as const)
    : ([{ type: 'start-timer', timer: 'patience', ms: patience.leftMs }] as const)
}

function rightTimer(endsAt: number | null, now: number) {
  return endsAt === null ? [] : ([{ type: 'start-timer', timer: 'right', ms: endsAt - now }] as const)
}

function sends(messages: readonly CallMessage[]) {
  return messages.map((message) => ({ type: 'send', message }) as const)
}

function hostError(call: string, code: Parameters<typeof errorMessage>[0], detail?: string) {
  return { ...errorMessage(code, { detail }), call }
}
