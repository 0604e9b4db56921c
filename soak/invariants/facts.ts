import type { ViewerFacts } from '../viewers/messages.ts'

/** What was found by asking everybody at about the same time. Cameras go by their ids. */
export interface Facts {
  readonly cameras: readonly CameraFacts[]
  readonly viewers: readonly ViewerFacts[]
}

export interface CameraFacts {
  readonly id: string
  readonly maxCalls: number
  /** Whether its process and its connector's run. */
  readonly reachable: boolean
  readonly connectorUp: boolean
  /** Streams that it serves, by its own count; null when it cannot be asked. */
  readonly sessions: number | null
  /** Connections to it, by its own count; null likewise. */
  readonly sockets: number | null
  /** Streams, since its start, that were left without a hang-up; null likewise. */
  readonly abandoned: number | null
  /** The first characters of the calls that its connector has; null when that cannot be asked. */
  readonly calls: readonly string[] | null
}

/** Of each viewer, the cameras that it may see. */
export type Sights = readonly (readonly string[])[]

/** What a person wants of each viewer: the camera that is to be seen there, or none. */
export type Wishes = readonly (string | null)[]
