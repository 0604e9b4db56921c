import { hidesFor } from './bounds.ts'
import { touches } from './burst.ts'
import type { SoakFault } from './faults.ts'
import { CAMERAS } from './layout.ts'

/** A person at a page is told that a call has failed, and presses again. */
export interface Press {
  readonly viewer: number
  /** By name. */
  readonly camera: string
  /** What the page says; null when it says nothing, for there is no call. */
  readonly why: string | null
  /** How often this viewer has pressed in this burst, this one included. */
  readonly times: number
}

/** More often than that nobody is to press for one burst. */
const MOST_PRESSES = 2
/** A call that nobody answers is said again and again for so long [R12]. */
const CALLING_MS = 20_000

/** Why nobody should have had to press; null when something of the burst is to blame. */
export function judgePress(
  { viewer, camera, why, times }: Press,
  burst: readonly SoakFault[],
): string | null {
  const who = `viewer ${viewer} presses again for ${camera} (${why ?? 'no call'})`
  if (times > MOST_PRESSES) return `${who}, time ${times} in one burst`
  const isReloaded = burst.some((fault) => reloads(fault, viewer))
  const isExcused =
    why === null
      ? isReloaded && burst.some((fault) => touches(fault, camera))
      : burst.some((fault) => excuses(fault, camera, why))
  return isExcused ? null : `${who}, and nothing is to blame`
}

/** A page whose call had failed, and that is reloaded, shows the camera as to anybody who comes. */
function reloads(fault: SoakFault, viewer: number): boolean {
  return (
    fault.on === 'viewer' &&
    fault.viewer === viewer &&
    (fault.how === 'reload' || fault.how === 'reload-rough')
  )
}

function excuses(fault: SoakFault, camera: string, why: string): boolean {
  switch (why) {
    case 'no-reply':
      return touches(fault, camera) && outlastsCall(fault)
    case 'camera-busy':
      return touches(fault, camera) || takesPlace(fault, camera)
    default:
      return touches(fault, camera)
  }
}

/** Whether the connector may be deaf for as long as a call is said. */
function outlastsCall(fault: SoakFault): boolean {
  if (fault.on === 'connector') return fault.how === 'freeze' && fault.forMs >= CALLING_MS
  // A line that died unseen.
  return hidesFor(fault) >= CALLING_MS
}

/** Who came first has the place [R49]. */
function takesPlace(fault: SoakFault, camera: string): boolean {
  return fault.on === 'knocker' && CAMERAS[fault.camera]?.name === camera
}
