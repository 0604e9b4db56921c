import type { Presence } from '../../protocol/presence.ts'
import type { VisibleCamera } from '../../protocol/welcome.ts'

/** By id. One that was removed stays as such: an older word on it may still come. */
export type Cameras = ReadonlyMap<string, VisibleCamera>

/**
 * A welcome says which cameras there are and how they are called; how they are, the later word says [R25], for a
 * presence may have overtaken the welcome.
 */
export function mergeWelcome(cameras: Cameras, listed: readonly VisibleCamera[]): Cameras {
  const merged = new Map<string, VisibleCamera>()
  for (const camera of cameras.values()) merged.set(camera.camera, { ...camera, state: 'removed' })
  for (const camera of listed) {
    const known = cameras.get(camera.camera)
    const later = known !== undefined && known.since > camera.since ? known : camera
    merged.set(camera.camera, { ...camera, state: later.state, since: later.since })
  }
  return merged
}

/**
 * Null when the camera is not known: only a new welcome can tell the viewer's role [R26]. A renamed camera keeps the
 * `since` of its state, so that an equal one is not old.
 */
export function mergePresence(cameras: Cameras, { camera, label, state, since }: Presence): Cameras | null {
  const known = cameras.get(camera)
  if (known === undefined) return state === 'removed' ? cameras : null
  if (since < known.since) return cameras
  return new Map(cameras).set(camera, { ...known, label: label ?? known.label, state, since })
}

/** Whether the error that ended a call to a camera says that it is otherwise than is known here. */
export function isContradicted(cameras: Cameras | null, camera: string, code: string): boolean {
  const state = cameras?.get(camera)?.state
  if (state === undefined || state === 'removed') return false
  return (
    (code === 'camera-offline' && state !== 'offline') ||
    (code === 'camera-unreachable' && state !== 'unreachable' && state !== 'offline')
  )
}
