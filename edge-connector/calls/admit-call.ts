import type { IncomingCall } from '../../protocol/call.ts'
import type { HostError } from '../../protocol/error.ts'
import { errorMessage } from '../../protocol/error.ts'
import { splitCameraId } from '../../protocol/identifiers.ts'
import { whoMakesRoom } from '../../protocol/make-room.ts'
import type { Ending } from './call-state.ts'

/** A call that runs, as far as it matters to others. */
export interface Seat extends Pick<IncomingCall, 'who' | 'role' | 'link'> {
  readonly id: string
  /** The camera's name. */
  readonly camera: string
}

/** What the connector knows when a `call` comes. */
export interface Admission {
  readonly device: string
  /** How many calls each camera may have. */
  readonly maxCalls: ReadonlyMap<string, number>
  /** Those that run, the youngest last. */
  readonly seats: readonly Seat[]
  /** How the call with this id ended. */
  readonly ended: Ending | undefined
}

export type Admitted =
  /** `instead`: the call that has to make room for it. */
  | { readonly verdict: 'start'; readonly camera: string; readonly instead: string | null }
  | { readonly verdict: 'retry' }
  /** `over`: the viewer's call ends with this answer. */
  | { readonly verdict: 'refuse'; readonly answer: Ending; readonly over: boolean }

export function admitCall(message: IncomingCall, known: Admission): Admitted {
  const { call } = message
  const refuse = (code: Parameters<typeof errorMessage>[0], over: boolean): Admitted => {
    const answer: HostError = { ...errorMessage(code), call }
    return { verdict: 'refuse', answer, over }
  }
  const { device, name } = splitCameraId(message.camera)
  const running = known.seats.find(({ id }) => id === call)
  if (running !== undefined) {
    // [R13] The cloud sees to this; the home does not rely on it.
    const same = device === known.device && name === running.camera && message.who === running.who
    return same ? { verdict: 'retry' } : refuse('call-taken', false)
  }
  if (known.ended !== undefined) return { verdict: 'refuse', answer: known.ended, over: false }
  const maxCalls = device === known.device ? known.maxCalls.get(name) : undefined
  if (maxCalls === undefined) return refuse('unknown-camera', true)
  if (message.leftMs === 0) {
    return { verdict: 'refuse', answer: { type: 'hangup', call, reason: 'access-expired' }, over: true }
  }
  if (isLinkFull(message, known.seats)) return refuse('link-full', true)
  const here = known.seats.filter(({ camera }) => camera === name)
  if (here.length < maxCalls) return { verdict: 'start', camera: name, instead: null }
  // By their order: the clock of a home may be set while calls run.
  const byAge = here.map((seat, startedAt) => ({ ...seat, startedAt }))
  const instead = message.role === 'owner' && message.takeOver === true ? whoMakesRoom(byAge) : undefined
  if (instead === undefined) return refuse('camera-busy', true)
  return { verdict: 'start', camera: name, instead: instead.id }
}

/** [R35] */
function isLinkFull({ link }: IncomingCall, seats: readonly Seat[]): boolean {
  return link !== undefined && seats.filter((seat) => seat.link?.grant === link.grant).length >= link.max
}
