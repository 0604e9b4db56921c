import type { IncomingCall } from '../../protocol/call.ts'
import type { HostError } from '../../protocol/error.ts'
import { errorMessage } from '../../protocol/error.ts'
import { splitCameraId } from '../../protocol/identifiers.ts'
import type { Ending } from './call-state.ts'

/** What the connector knows when a `call` comes. */
export interface Admission {
  readonly device: string
  /** Calls of each camera that may still be taken. */
  readonly free: ReadonlyMap<string, number>
  /** The camera of the running call with this id. */
  readonly running: string | undefined
  readonly ended: Ending | undefined
}

export type Admitted =
  | { readonly verdict: 'start'; readonly camera: string }
  | { readonly verdict: 'retry' }
  /** `over`: the viewer's call ends with this answer. */
  | { readonly verdict: 'refuse'; readonly answer: Ending; readonly over: boolean }

export function admitCall(message: IncomingCall, known: Admission): Admitted {
  const refuse = (code: Parameters<typeof errorMessage>[0], over: boolean): Admitted => {
    const answer: HostError = { ...errorMessage(code), call: message.call }
    return { verdict: 'refuse', answer, over }
  }
  if (known.running !== undefined) {
    // [R13] The cloud sees to this; the home does not rely on it.
    return known.running === message.camera ? { verdict: 'retry' } : refuse('call-taken', false)
  }
  if (known.ended !== undefined) return { verdict: 'refuse', answer: known.ended, over: false }
  const { device, name } = splitCameraId(message.camera)
  const free = device === known.device ? known.free.get(name) : undefined
  if (free === undefined) return refuse('unknown-camera', true)
  return free > 0 ? { verdict: 'start', camera: name } : refuse('camera-busy', true)
}
