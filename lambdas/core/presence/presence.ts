import { cameraId } from '../../../protocol/identifiers.ts'
import type { Presence, PresenceState } from '../../../protocol/presence.ts'
import type { VisibleCamera } from '../../../protocol/welcome.ts'
import { isOnline, later } from '../devices/device-state.ts'
import type { CameraRecord, DeviceRecord } from '../records.ts'
import { type Onlooker, type Right, rightTo } from '../rights.ts'

const STATE_OF = { ready: 'online', busy: 'busy', unreachable: 'unreachable' } as const

/** What an onlooker sees of the device. */
export function visibleCameras(onlooker: Onlooker, device: DeviceRecord, now: number): VisibleCamera[] {
  return device.cameras.flatMap((camera) => {
    const right = rightTo(onlooker, device, camera.name, now)
    return right === null ? [] : [visible(device, camera, right, now)]
  })
}

/** What the onlooker has to hear when it saw the one and sees the other now. */
export function presenceChanges(
  before: readonly VisibleCamera[],
  after: readonly VisibleCamera[],
  now: number,
): Presence[] {
  const known = new Map(before.map((camera) => [camera.camera, camera]))
  const changed = after.filter((camera) => {
    const earlier = known.get(camera.camera)
    known.delete(camera.camera)
    return earlier === undefined || earlier.label !== camera.label || earlier.state !== camera.state
  })
  const removed = [...known.values()].map(
    ({ camera, since }): Presence => ({
      type: 'presence',
      camera,
      state: 'removed',
      since: later(now, since),
    }),
  )
  return [...changed.map(presenceOf), ...removed]
}

export function presenceOf({ camera, label, state, since }: VisibleCamera): Presence {
  return { type: 'presence', camera, label, state, since }
}

function visible(device: DeviceRecord, camera: CameraRecord, right: Right, now: number): VisibleCamera {
  const { state, since } = stateOf(device, camera, now)
  return {
    camera: cameraId(device.id, camera.name),
    label: camera.renamed ?? camera.label,
    state,
    // Later than the `removed` of a right that was taken away before: of two presences the later holds.
    since: Math.max(since, right.since),
    role: right.role,
    ...(right.until === null ? {} : { until: right.until }),
  }
}

function stateOf(
  device: DeviceRecord,
  camera: CameraRecord,
  now: number,
): { state: PresenceState; since: number } {
  if (isOnline(device, now)) {
    return { state: STATE_OF[camera.state], since: Math.max(camera.since, device.since) }
  }
  return { state: 'offline', since: device.connection === null ? device.since : device.leaseUntil }
}
