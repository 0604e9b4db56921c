import type { IncomingCall } from '../../protocol/call.ts'
import type { Camera, CameraEvent, CameraSession } from '../cameras/camera-port.ts'
import type { Clock } from '../clock/clock.ts'
import { assertNever } from '../lifecycle/assert-never.ts'
import { runLifecycle } from '../lifecycle/run-lifecycle.ts'
import type { Log } from '../log/log.ts'
import type { Seat } from './admit-call.ts'
import type { CallMessage } from './call-message.ts'
import {
  type CallEffect,
  type CallEvent,
  type CallState,
  type CallSurroundings,
  type CallTimer,
  type Ending,
  newCall,
} from './call-state.ts'
import { rightEndsAt } from './right.ts'
import { beginCall, stepCall } from './step-call.ts'

export interface LiveCall extends Seat {
  readonly startedAt: number
  phase(): CallState['phase']
  dispatch(event: CallEvent): void
}

/** A line of SDP never follows the first of what a camera says into the log, nor does the thousandth message. */
const MOST_NOTES = 20
const NOTE_LENGTH = 200

/** Performs what `stepCall` decides for one call, with one session of its own at the camera. */
export function startCall(call: {
  /** As it came: who calls, and by what right. */
  readonly asked: IncomingCall
  readonly name: string
  readonly camera: Camera
  readonly linkUp: boolean
  readonly signOffer: CallSurroundings['signOffer']
  readonly clock: Clock
  readonly log: Log
  readonly send: (message: CallMessage) => void
  /** The camera has taken the connection. */
  readonly connected: () => void
  /** `own`: made here, and not told by the viewer or the cloud. */
  readonly ended: (ending: Ending, own: boolean) => void
  /** The session with the camera is over, which may be a while after the call. */
  readonly released: () => void
}): LiveCall {
  const { name, clock, log, signOffer } = call
  const { call: id, camera, leftMs, who, role, link } = call.asked
  const startedAt = clock.now()
  let session: CameraSession | null = null
  let notes = 0
  const opening = newCall({
    id,
    camera,
    linkUp: call.linkUp,
    rightEndsAt: rightEndsAt(leftMs, startedAt),
  })
  const lifecycle = runLifecycle<CallState, CallEvent | { type: 'begin' }, CallEffect, CallTimer>({
    initial: opening,
    clock,
    step: (state, event) =>
      event.type === 'begin'
        ? beginCall(opening, startedAt)
        : stepCall(state, event, { now: clock.now(), signOffer }),
    perform,
    changed(before, after) {
      if (before.phase === after.phase) return
      const reason = after.phase === 'ended' ? reasonOf(after.ending) : {}
      log('info', `call-${after.phase}`, `call is ${after.phase}`, { call: id, camera: name, ...reason })
      if (after.phase === 'ended') call.ended(after.ending, after.own)
    },
  })

  function perform(effect: CallEffect): void {
    switch (effect.type) {
      case 'open-camera':
        session = call.camera.open(hear)
        return
      case 'answer-camera':
        session?.answer(effect.sdp)
        return
      case 'add-candidate':
        session?.addCandidate(effect.candidate)
        return
      case 'hangup-camera':
        session?.hangup()
        return
      case 'send':
        call.send(effect.message)
        return
      case 'log':
        note(effect)
        return
      default:
        assertNever(effect)
    }
  }

  /** What a camera says is its own choice of words, and of how many. */
  function note({ level, message, detail }: Extract<CallEffect, { type: 'log' }>): void {
    notes += 1
    if (notes > MOST_NOTES) return
    const [firstLine = ''] = detail.split(/[\r\n]/)
    log(level, 'call-note', message, { call: id, camera: name, detail: firstLine.slice(0, NOTE_LENGTH) })
  }

  function hear(event: CameraEvent): void {
    if (event.type === 'connected') call.connected()
    lifecycle.dispatch({ type: 'camera', camera: event })
    if (event.type === 'failed' || event.type === 'closed') call.released()
  }

  log('info', 'call-opening', 'call is opening', { call: id, camera: name, role })
  lifecycle.dispatch({ type: 'begin' })
  return {
    id,
    camera: name,
    who,
    role,
    ...(link === undefined ? {} : { link }),
    startedAt,
    phase: () => lifecycle.state().phase,
    dispatch: lifecycle.dispatch,
  }
}

function reasonOf(ending: Ending) {
  return ending.type === 'hangup' ? { reason: ending.reason } : { reason: ending.code, detail: ending.detail }
}
