import { cameraId } from '../../protocol/identifiers.ts'
import type { Presence, PresenceState } from '../../protocol/presence.ts'
import type { VisibleCamera } from '../../protocol/welcome.ts'
import { isOnline, later } from './device-state.ts'
import type { CameraRecord, DeviceRecord } from './records.ts'

const STATE_OF = { ready: 'online', busy: 'busy', unreachable: 'unreachable' } as const

export function visibleCameras(devices: readonly DeviceRecord[], now: number): VisibleCamera[] {
  return devices.flatMap((device) =>
    device.cameras.map((camera) => ({
      camera: cameraId(device.id, camera.name),
      label: camera.label,
      ...presenceOf(device, camera, now),
      role: 'owner',
    })),
  )
}

/** What viewers have to hear after a change of a device. */
export function presenceChanges(before: DeviceRecord | null, after: DeviceRecord, now: number): Presence[] {
  const known = new Map(before?.cameras.map((camera) => [camera.name, camera]))
  const changed = after.cameras.flatMap((camera) => {
    const earlier = known.get(camera.name)
    known.delete(camera.name)
    const next = presenceOf(after, camera, now)
    const unchanged =
      before !== null &&
      earlier !== undefined &&
      earlier.label === camera.label &&
      presenceOf(before, earlier, now).state === next.state
    return unchanged ? [] : [presence(after.id, camera.name, { ...next, label: camera.label })]
  })
  const removed = [...known.values()].map(({ name, since }) =>
    presence(after.id, name, { state: 'removed', since: later(now, Math.max(since, after.since)) }),
  )
  return [...changed, ...removed]
}

function presenceOf(
  device: DeviceRecord,
  camera: CameraRecord,
  now: number,
): { state: PresenceState; since: number } {
  if (isOnline(device, now)) {
    return { state: STATE_OF[camera.state], since: Math.max(camera.since, device.since) }
  }
  return { state: 'offline', since: device.connection === null ? device.since : device.leaseUntil }
}

function presence(device: string, name: string, what: Pick<Presence, 'state' | 'since' | 'label'>): Presence {
  return { type: 'presence', camera: cameraId(device, name), ...what }
}
