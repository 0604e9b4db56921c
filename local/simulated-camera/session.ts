import { type Answered, type Candidate, formatFrame, GATHERING_COMPLETE, type Request } from './dialect.ts'
import type { Quirks } from './quirks.ts'

/** How the camera's own candidates reach the client. */
interface Sending {
  readonly trickle: boolean
  readonly batch: readonly Candidate[]
  /** Held back until every candidate is out, where candidates are to come first. */
  readonly heldOffer: string | undefined
}

/** One client on one WebSocket. `early` are its candidates that came before its answer was applied. */
export type Session =
  | { readonly phase: 'idle' }
  | { readonly phase: 'claiming'; readonly trickle: boolean }
  | { readonly phase: 'starting'; readonly trickle: boolean; readonly early: readonly Candidate[] }
  | { readonly phase: 'offered'; readonly sending: Sending; readonly early: readonly Candidate[] }
  | { readonly phase: 'answering'; readonly sending: Sending; readonly early: readonly Candidate[] }
  | { readonly phase: 'playing'; readonly sending: Sending }
  | { readonly phase: 'ended' }

export type SessionEvent =
  | { readonly type: 'request'; readonly request: Request }
  | { readonly type: 'slot'; readonly granted: boolean }
  | { readonly type: 'start' }
  | { readonly type: 'offer'; readonly sdp: string }
  | { readonly type: 'candidate'; readonly candidate: Candidate }
  | { readonly type: 'gathered' }
  | { readonly type: 'answered' }
  | { readonly type: 'answer-refused'; readonly text: string }
  | { readonly type: 'connected' }
  | { readonly type: 'die' }
  | { readonly type: 'socket-closed' }

export type Effect =
  | { readonly type: 'send'; readonly frame: string }
  | { readonly type: 'claim-slot' }
  | { readonly type: 'release-slot'; readonly how: 'hung-up' | 'gone' }
  | { readonly type: 'wait'; readonly ms: number; readonly next: SessionEvent }
  | { readonly type: 'open-peer' }
  | { readonly type: 'apply-answer'; readonly sdp: string }
  | { readonly type: 'add-candidate'; readonly candidate: Candidate }
  | { readonly type: 'close-peer' }
  | { readonly type: 'close-socket'; readonly how: 'clean' | 'vanish' }

export interface Step {
  readonly session: Session
  readonly effects: readonly Effect[]
}

export const NEW_SESSION: Session = { phase: 'idle' }

const TOO_MANY_STREAMS = 'Too many streams: the maximum number of streams is already being served'
const GARBAGE = [
  '\u0000\u0001not JSON',
  '{"what":"offer","data":"{\\"type\\":\\"offer\\"',
  '[]',
  '{"what":7}',
]

export function step(session: Session, event: SessionEvent, quirks: Quirks): Step {
  if (session.phase === 'ended') return stay(session)
  switch (event.type) {
    case 'request':
      return onRequest(session, event.request, quirks)
    case 'slot':
      return session.phase === 'claiming' ? onSlot(session.trickle, event.granted, quirks) : stay(session)
    case 'start':
      return stay(session, { type: 'open-peer' })
    case 'offer':
      return session.phase === 'starting' ? onOffer(session, event.sdp, quirks) : stay(session)
    case 'candidate':
      return onOwnCandidate(session, event.candidate, quirks)
    case 'gathered':
      return onGathered(session, quirks)
    case 'answered':
      if (session.phase !== 'answering') return stay(session)
      return to({ phase: 'playing', sending: session.sending }, ...session.early.map(addCandidate))
    case 'answer-refused':
      if (session.phase !== 'answering') return stay(session)
      return to({ ...session, phase: 'offered' }, message(event.text))
    case 'connected':
      if (quirks.dieAfterMs === undefined) return stay(session)
      return stay(session, { type: 'wait', ms: quirks.dieAfterMs, next: { type: 'die' } })
    case 'die':
      return end(session, 'hung-up', { type: 'close-socket', how: 'vanish' })
    case 'socket-closed':
      return end(session, 'gone')
    default:
      return assertNever(event)
  }
}

function onRequest(session: Session, request: Request, quirks: Quirks): Step {
  switch (request.what) {
    case 'call':
      if (session.phase !== 'idle')
        return stay(session, message(`Called in wrong state: ${stateOf(session)}`))
      if (quirks.refuse !== undefined) return stay(session, message(quirks.refuse))
      return to({ phase: 'claiming', trickle: request.trickle && !quirks.noTrickle }, { type: 'claim-slot' })
    case 'answer':
      if (session.phase !== 'offered') {
        const text = `Failed to set remote answer sdp: Called in wrong state: ${stateOf(session)}`
        return stay(session, message(text))
      }
      return to({ ...session, phase: 'answering' }, { type: 'apply-answer', sdp: request.sdp })
    case 'addIceCandidate':
      return onTheirCandidate(session, request.candidate)
    case 'hangup':
      return end(session, 'hung-up', { type: 'close-socket', how: 'clean' })
    case 'nothing':
      return stay(session)
    default:
      return assertNever(request)
  }
}

function onSlot(trickle: boolean, granted: boolean, quirks: Quirks): Step {
  if (!granted) {
    return to({ phase: 'ended' }, message(TOO_MANY_STREAMS), { type: 'close-socket', how: 'clean' })
  }
  const starting: Session = { phase: 'starting', trickle, early: [] }
  if (quirks.garbage) return to(starting, ...GARBAGE.map(send))
  if (quirks.slowStartMs === 0) return to(starting, { type: 'open-peer' })
  return to(starting, { type: 'wait', ms: quirks.slowStartMs, next: { type: 'start' } })
}

function onOffer(session: Extract<Session, { phase: 'starting' }>, sdp: string, quirks: Quirks): Step {
  const heldOffer = quirks.earlyCandidates ? sdp : undefined
  const sending: Sending = { trickle: session.trickle, batch: [], heldOffer }
  const offered: Session = { phase: 'offered', sending, early: session.early }
  return heldOffer === undefined ? to(offered, offer(sdp, quirks)) : to(offered)
}

function onOwnCandidate(session: Session, candidate: Candidate, quirks: Quirks): Step {
  if (!('sending' in session)) return stay(session)
  const { sending } = session
  if (sending.trickle) return stay(session, frame({ what: 'iceCandidate', data: candidate }, quirks))
  return to({ ...session, sending: { ...sending, batch: [...sending.batch, candidate] } })
}

function onGathered(session: Session, quirks: Quirks): Step {
  if (!('sending' in session)) return stay(session)
  const { trickle, batch, heldOffer } = session.sending
  const last = trickle ? send(GATHERING_COMPLETE) : frame({ what: 'iceCandidates', data: batch }, quirks)
  const held = heldOffer === undefined ? [] : [offer(heldOffer, quirks)]
  return to({ ...session, sending: { trickle, batch: [], heldOffer: undefined } }, last, ...held)
}

function onTheirCandidate(session: Session, candidate: Candidate): Step {
  switch (session.phase) {
    case 'starting':
    case 'offered':
    case 'answering':
      return to({ ...session, early: [...session.early, candidate] })
    case 'playing':
      return stay(session, addCandidate(candidate))
    case 'idle':
    case 'claiming':
    case 'ended':
      return stay(session)
    default:
      return assertNever(session)
  }
}

function end(session: Session, how: 'hung-up' | 'gone', ...last: Effect[]): Step {
  const held = session.phase !== 'idle' && session.phase !== 'claiming'
  const giveBack: Effect[] = held ? [{ type: 'close-peer' }, { type: 'release-slot', how }] : []
  return to({ phase: 'ended' }, ...giveBack, ...last)
}

/** libwebrtc's name of the signalling state, as it stands in UV4L's error texts. */
function stateOf(session: Session): string {
  return session.phase === 'offered' || session.phase === 'answering' ? 'have-local-offer' : 'stable'
}

function offer(sdp: string, quirks: Quirks): Effect {
  return frame({ what: 'offer', data: { type: 'offer', sdp } }, quirks)
}

function message(text: string): Effect {
  return send(formatFrame({ what: 'message', data: text }, false))
}

function frame(content: Answered, quirks: Quirks): Effect {
  return send(formatFrame(content, quirks.objectData))
}

function send(text: string): Effect {
  return { type: 'send', frame: text }
}

function addCandidate(candidate: Candidate): Effect {
  return { type: 'add-candidate', candidate }
}

function stay(session: Session, ...effects: Effect[]): Step {
  return { session, effects }
}

function to(session: Session, ...effects: Effect[]): Step {
  return { session, effects }
}

function assertNever(value: never): never {
  throw new Error(`unexpected: ${JSON.stringify(value)}`)
}
