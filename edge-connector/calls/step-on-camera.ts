import * as v from 'valibot'
import { Sdp } from '../../protocol/ice.ts'
import type { CameraEvent } from '../cameras/camera-port.ts'
import { assertNever } from '../lifecycle/assert-never.ts'
import { type CallStep, type CallSurroundings, type RunningCall, say, stay } from './call-state.ts'
import { failCall, hangUp } from './end-call.ts'
import { addOutgoing, batchWindowMs, unsent, WITH_OFFER_MS } from './outgoing-candidates.ts'
import { vouchFor } from './vouch-for.ts'

/** A camera on the home network answers in milliseconds, or not at all; the viewer hears within 5 s [R21]. */
export const CONNECT_TIMEOUT_MS = 4_000
/** [R21] */
export const OFFER_TIMEOUT_MS = 15_000
/** A camera that said something strange may still make its offer, but the viewer hears of it within 5 s [R21]. */
export const PUZZLE_TIMEOUT_MS = 4_000

/** What the camera's end of the session means for the call. */
export function stepOnCamera(
  state: RunningCall,
  event: CameraEvent,
  signOffer: CallSurroundings['signOffer'],
): CallStep {
  switch (event.type) {
    case 'asked':
      if (state.phase !== 'opening') return stay(state)
      return { state, effects: [{ type: 'start-timer', timer: 'connect', ms: CONNECT_TIMEOUT_MS }] }
    case 'connected':
      if (state.phase !== 'opening') return stay(state)
      return {
        state: { ...state, phase: 'calling', puzzle: null },
        effects: [
          { type: 'stop-timer', timer: 'connect' },
          { type: 'start-timer', timer: 'offer', ms: OFFER_TIMEOUT_MS },
        ],
      }
    case 'offer':
      return takeOffer(state, event.sdp, signOffer)
    case 'candidates':
      return takeCandidates(state, event.candidates, event.done)
    case 'message':
      if (state.phase === 'opening' || state.phase === 'calling') {
        return failCall(state, 'camera-refused', event.text)
      }
      return say({ ...state, words: event.text }, 'warn', 'the camera says', event.text)
    case 'unknown':
      return state.phase === 'calling'
        ? puzzleOver(state, event.detail)
        : say(state, 'debug', 'the camera sent what is not understood', event.detail)
    case 'garbled':
      return state.phase === 'opening' || state.phase === 'calling'
        ? failCall(state, 'camera-garbled', event.detail)
        : say(state, 'warn', 'the camera sent what is not understood', event.detail)
    case 'failed':
      return failCall(state, event.code, event.detail)
    case 'closed':
      if (state.words !== null) return failCall(state, 'camera-refused', state.words)
      return state.phase === 'answered'
        ? hangUp(state, 'camera-closed')
        : failCall(state, 'camera-closed', event.detail)
    default:
      return assertNever(event)
  }
}

function takeOffer(state: RunningCall, sdp: string, signOffer: CallSurroundings['signOffer']): CallStep {
  if (state.phase !== 'opening' && state.phase !== 'calling') {
    return say(state, 'warn', 'the camera offered again, which is ignored', '')
  }
  const check = v.safeParse(Sdp, sdp)
  if (!check.success) return failCall(state, 'camera-garbled', `offer: ${check.issues[0].message}`)
  const signed = vouchFor({ call: state.id, camera: state.camera, sdp }, signOffer)
  if (!signed.ok) return failCall(state, 'camera-garbled', `offer: ${signed.reason}`)
  const { id, camera, rightEndsAt, linkUp, outgoing, incoming, words } = state
  const running = { id, camera, rightEndsAt, linkUp, outgoing, incoming, words }
  return {
    state: { ...running, phase: 'offering', sdp, signature: signed.signature },
    effects: [
      { type: 'stop-timer', timer: 'connect' },
      { type: 'stop-timer', timer: 'offer' },
      { type: 'start-timer', timer: 'batch', ms: WITH_OFFER_MS },
    ],
  }
}

function takeCandidates(state: RunningCall, candidates: readonly unknown[], done: boolean): CallStep {
  const { outgoing, dropped } = addOutgoing(state.outgoing, candidates, done)
  const next = { ...state, outgoing }
  const log =
    dropped === 0
      ? []
      : [{ type: 'log', level: 'debug', message: 'candidates dropped', detail: String(dropped) } as const]
  if (state.phase !== 'offered' && state.phase !== 'answered') return { state: next, effects: log }
  const justDone = outgoing.done && !state.outgoing.done
  if (justDone) return { state: next, effects: [...log, { type: 'start-timer', timer: 'batch', ms: 0 }] }
  // The window began with the first unsent candidate: what comes after it does not prolong it.
  const begins = unsent(state.outgoing).length === 0 && unsent(outgoing).length > 0
  const timer = { type: 'start-timer', timer: 'batch', ms: batchWindowMs(outgoing.batches) } as const
  return { state: next, effects: begins ? [...log, timer] : log }
}

function puzzleOver(state: Extract<RunningCall, { phase: 'calling' }>, detail: string): CallStep {
  const step = say({ ...state, puzzle: detail }, 'warn', 'the camera sent what is not understood', detail)
  if (state.puzzle !== null) return step
  return {
    ...step,
    effects: [...step.effects, { type: 'start-timer', timer: 'offer', ms: PUZZLE_TIMEOUT_MS }],
  }
}
