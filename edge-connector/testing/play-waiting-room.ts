import type { IncomingCall } from '../../protocol/call.ts'
import { stepWaitingRoom } from '../calls/step-waiting-room.ts'
import { EMPTY_ROOM, type RoomEffect, type RoomEvent, type WaitingRoom } from '../calls/waiting-room.ts'

export const message = (call: string, over: Partial<IncomingCall> = {}): IncomingCall => ({
  ...{ type: 'call', call, camera: 'porch', who: call, role: 'viewer' },
  ...over,
})
const busy = (call: string) => ({ type: 'error', code: 'camera-busy', call }) as const
export const full = (call: string, sitters: string, over: Partial<IncomingCall> = {}): RoomEvent => ({
  ...{ type: 'full', message: message(call, over), answer: busy(call), sitters: sitters.split(' ') },
})
export const life = (call: string): RoomEvent => ({ type: 'life', call })
export const gone = (call: string): RoomEvent => ({ type: 'gone', call })
export const leave = (call: string): RoomEvent => ({ type: 'leave', call })
export const up: RoomEvent = { type: 'link', up: true }
export const down: RoomEvent = { type: 'link', up: false }
export const timer: RoomEvent = { type: 'timer', timer: 'answers' }
const inWords = (effect: { readonly type: string }): string => {
  const known = effect as RoomEffect | { type: 'start-timer'; ms: number } | { type: 'stop-timer' }
  switch (known.type) {
    case 'admit':
      return `admit ${known.message.call}`
    case 'refuse':
      return `refuse ${known.message.call} ${'code' in known.answer ? known.answer.code : known.answer.reason}`
    case 'start-timer':
      return `timer ${known.ms}`
    case 'stop-timer':
      return 'no timer'
    default:
      return `${known.type} ${known.call}`
  }
}

/** What each event leads to, at the time before it. */
export function play(script: readonly (readonly [number, RoomEvent])[]) {
  let room: WaitingRoom = { ...EMPTY_ROOM, linkUp: true }
  let effects: string[] = []
  for (const [now, event] of script) {
    const step = stepWaitingRoom(room, event, now)
    room = step.state
    effects = step.effects.map(inWords)
  }
  const questions = [...room.questions].map(([call, { kind }]) => `${call} ${kind}`)
  return { effects, questions, waiting: room.waiters.map((waiter) => waiter.message.call) }
}

/** A title, what happens when, what the last of it leads to, and who waits then. */
export type RoomRow = readonly [string, readonly (readonly [number, RoomEvent])[], readonly string[], string]
