import * as v from 'valibot'
import { CallId, CameraId } from './identifiers.ts'

/** How often a playing viewer says that it is there. */
export const ALIVE_INTERVAL_MS = 60_000
/** How long a host waits for it, counted only while its own cloud link is up, before it hangs up. */
export const ALIVE_TIMEOUT_MS = 150_000
/** How long at least once that link is up again: before it was known to be down, nothing came either. */
export const ALIVE_AGAIN_TIMEOUT_MS = ALIVE_INTERVAL_MS + 15_000

/** How long a host at a full camera waits for those that it has asked whether they are still there [R49]. */
export const ASKED_ALIVE_TIMEOUT_MS = 3_000

/** From a host it is a question, which the viewer answers with the same. */
export const Alive = v.object({ type: v.literal('alive'), call: CallId, camera: CameraId })
export type Alive = v.InferOutput<typeof Alive>
