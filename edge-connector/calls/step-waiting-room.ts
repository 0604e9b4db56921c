import { ASKED_ALIVE_TIMEOUT_MS } from '../../protocol/alive.ts'
import type { IncomingCall } from '../../protocol/call.ts'
import { errorMessage } from '../../protocol/error.ts'
import { assertNever } from '../lifecycle/assert-never.ts'
import { rightEndsAt, shortenRight } from './right.ts'
import type { Question, RoomEffect, RoomEvent, RoomStep, Waiter, WaitingRoom } from './waiting-room.ts'

/** One message may be lost, and who watches is not to pay for it. */
const ASK_AGAIN_MS = ASKED_ALIVE_TIMEOUT_MS / 2
/** An answer holds so long, that a caller who comes again and again does not flood those who watch. */
export const ANSWER_HOLDS_MS = 5_000

/** What one event means for those who wait, and for those whom they wait for. */
export function stepWaitingRoom(room: WaitingRoom, event: RoomEvent, now: number): RoomStep {
  switch (event.type) {
    case 'call':
      return knock(room, event, now)
    case 'full':
      return settle(wait(room, event, now), [], now)
    case 'life':
      if (room.questions.get(event.call)?.kind !== 'asked') return { state: room, effects: [] }
      return settle(noting(room, event.call, { kind: 'answered', at: now }), [], now)
    case 'gone':
      return vacate(room, event.call, now)
    case 'leave':
      return settle(without(room, event.call), [], now)
    case 'link':
      return settle(followLink(room, event.up), [], now)
    case 'timer':
      return settle(...lookAtAnswers(room, now), now)
    default:
      return assertNever(event)
  }
}

function knock(room: WaitingRoom, message: IncomingCall, now: number): RoomStep {
  const waiter = room.waiters.find((other) => other.message.call === message.call)
  if (waiter === undefined) return { state: room, effects: [{ type: 'admit', message }] }
  const { call, who, camera, leftMs } = message
  if (who !== waiter.message.who || camera !== waiter.message.camera) {
    // [R13]
    const answer = { ...errorMessage('call-taken'), call }
    return { state: room, effects: [{ type: 'refuse', message, answer, over: false }] }
  }
  // [R12]
  const endsAt = shortenRight(waiter.rightEndsAt, leftMs, now)
  if (endsAt !== null && endsAt <= now) {
    return settle(without(room, call), [{ type: 'admit', message: { ...message, leftMs: 0 } }], now)
  }
  const waiters = room.waiters.map((other) => (other === waiter ? { ...other, rightEndsAt: endsAt } : other))
  return { state: { ...room, waiters }, effects: [] }
}

function wait(room: WaitingRoom, event: Extract<RoomEvent, { type: 'full' }>, now: number): WaitingRoom {
  const { message, sitters, answer } = event
  const questions = new Map(room.questions)
  for (const sitter of sitters) {
    const known = questions.get(sitter)
    const stale = known?.kind === 'answered' && now - known.at >= ANSWER_HOLDS_MS
    if (known === undefined || stale) questions.set(sitter, { kind: 'unasked' })
  }
  const waiter: Waiter = { message, sitters, answer, rightEndsAt: rightEndsAt(message.leftMs, now) }
  return { ...room, questions, waiters: [...room.waiters, waiter] }
}

/** Who may sit there now is tried again, in order; who finds no place comes back by `full`. */
function vacate(room: WaitingRoom, call: string, now: number): RoomStep {
  const questions = new Map(room.questions)
  questions.delete(call)
  const called = room.waiters.filter(({ sitters }) => sitters.includes(call))
  const waiters = room.waiters.filter((waiter) => !called.includes(waiter))
  const effects = called.map(({ message, rightEndsAt }): RoomEffect => {
    const left = rightEndsAt === null ? {} : { leftMs: Math.max(0, Math.round(rightEndsAt - now)) }
    return { type: 'admit', message: { ...message, ...left } }
  })
  return settle({ ...room, questions, waiters }, effects, now)
}

/** A question that the line has taken with it is asked once more, with its full time. */
function followLink(room: WaitingRoom, linkUp: boolean): WaitingRoom {
  if (linkUp) return { ...room, linkUp }
  const questions = new Map<string, Question>()
  for (const [call, question] of room.questions) {
    questions.set(call, question.kind === 'asked' ? { kind: 'unasked' } : question)
  }
  return { ...room, linkUp, questions }
}

/** Who has not answered is hung up for those who wait; when nobody waits any more, there is no need. */
function lookAtAnswers(room: WaitingRoom, now: number): [WaitingRoom, readonly RoomEffect[]] {
  const questions = new Map(room.questions)
  const effects: RoomEffect[] = []
  for (const [call, question] of room.questions) {
    if (question.kind !== 'asked') continue
    if (now - question.at >= ASKED_ALIVE_TIMEOUT_MS) {
      questions.delete(call)
      if (isWaitedFor(room, call)) effects.push({ type: 'hang-up', call })
    } else if (!question.again && now - question.at >= ASK_AGAIN_MS) {
      questions.set(call, { ...question, again: true })
      if (isWaitedFor(room, call)) effects.push({ type: 'ask', call })
    }
  }
  return [{ ...room, questions }, effects]
}

/** What every step ends with: asks whom it can, sends away for whom all have answered, and sets the clock. */
function settle(room: WaitingRoom, first: readonly RoomEffect[], now: number): RoomStep {
  const effects: RoomStep['effects'][number][] = [...first]
  const questions = new Map<string, Question>()
  for (const [call, question] of room.questions) {
    const wanted = isWaitedFor(room, call)
    if (question.kind !== 'unasked') {
      const old = question.kind === 'answered' && now - question.at >= ANSWER_HOLDS_MS
      if (wanted || !old) questions.set(call, question)
    } else if (wanted && room.linkUp) {
      questions.set(call, { kind: 'asked', at: now, again: false })
      effects.push({ type: 'ask', call })
    } else if (wanted) questions.set(call, question)
  }
  const hasAnswered = (call: string) => questions.get(call)?.kind === 'answered'
  const waiters: Waiter[] = []
  for (const waiter of room.waiters) {
    if (!waiter.sitters.every(hasAnswered)) waiters.push(waiter)
    else effects.push({ type: 'refuse', message: waiter.message, answer: waiter.answer, over: true })
  }
  const dues = [...questions.values()].flatMap((question) =>
    question.kind === 'asked' ? [question.at + (question.again ? ASKED_ALIVE_TIMEOUT_MS : ASK_AGAIN_MS)] : [],
  )
  effects.push(
    dues.length === 0
      ? { type: 'stop-timer', timer: 'answers' }
      : { type: 'start-timer', timer: 'answers', ms: Math.max(0, Math.min(...dues) - now) },
  )
  return { state: { ...room, questions, waiters }, effects }
}

function without(room: WaitingRoom, call: string): WaitingRoom {
  return { ...room, waiters: room.waiters.filter(({ message }) => message.call !== call) }
}

function noting(room: WaitingRoom, call: string, question: Question): WaitingRoom {
  return { ...room, questions: new Map(room.questions).set(call, question) }
}

function isWaitedFor(room: WaitingRoom, call: string): boolean {
  return room.waiters.some(({ sitters }) => sitters.includes(call))
}
