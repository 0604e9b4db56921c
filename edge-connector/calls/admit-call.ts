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
  /** Refused with `answer`, unless one of the `sitters` turns out to have gone [R49]. */
  | { readonly verdict: 'full'; readonly answer: Ending; readonly sitters: readonly string[] }
  /** `over`: the viewer's call ends with this answer. */
  | { readonly verdict: 'refuse'; readonly answer: Ending; readonly over: boolean }

export function admitCall(message: IncomingCall, known: Admission): Admitted {
  const { call } = message
  const error = (code: Parameters<typeof errorMessage>[0]): HostError => ({ ...errorMessage(code), call })
  const refuse = (answer: Ending, over: boolean): Admitted => ({ verdict: 'refuse', answer, over })
  const { device, name } = splitCameraId(message.camera)
  const running = known.seats.find(({ id }) => id === call)
  if (running !== undefined) {
    // [R13] The cloud sees to this; the home does not rely on it.
    const same = device === known.device && name === running.camera && message.who === running.who
    return same ? { verdict: 'retry' } : refuse(error('call-taken'), false)
  }
  if (known.ended !== undefined) return refuse(known.ended, true)
  const maxCalls = device === known.device ? known.maxCalls.get(name) : undefined
  if (maxCalls === undefined) return refuse(error('unknown-camera'), true)
  if (message.leftMs === 0) return refuse({ type: 'hangup', call, reason: 'access-expired' }, true)
  const full = (code: 'link-full' | 'camera-busy', sitters: readonly Seat[]): Admitted => {
    return { verdict: 'full', answer: error(code), sitters: sitters.map(({ id }) => id) }
  }
  const { link } = message
  const byLink = link === undefined ? [] : known.seats.filter((seat) => seat.link?.grant === link.grant)
  // [R35]
  if (link !== undefined && byLink.length >= link.max) return full('link-full', byLink)
  const here = known.seats.filter(({ camera }) => camera === name)
  if (here.length < maxCalls) return { verdict: 'start', camera: name, instead: null }
  // By their order: the clock of a home may be set while calls run.
  const byAge = here.map((seat, startedAt) => ({ ...seat, startedAt }))
  const instead = message.role === 'owner' && message.takeOver === true ? whoMakesRoom(byAge) : undefined
  if (instead === undefined) return full('camera-busy', here)
  return { verdict: 'start', camera: name, instead: instead.id }
}
