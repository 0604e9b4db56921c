import type { HangupReason } from '../../../protocol/hangup.ts'
import { splitCameraId } from '../../../protocol/identifiers.ts'
import type { Backend } from '../backend.ts'
import { dismissal, type Outcome } from '../outcome.ts'
import type { Sender, ViewerPrincipal } from '../principal.ts'
import type { CallRecord } from '../records.ts'
import { grantedRight } from '../rights.ts'
import { type Fall, readStanding } from '../viewers/standing.ts'
import { hangUp } from './end-calls.ts'
import { tellOwners } from './watching.ts'

/**
 * After the answer was handed on, with which the picture begins, and not before, for the picture waits for it.
 *
 * Whoever takes a right away writes that first and lists the calls after; here the call was written first and the
 * right is read after. So one of the two sees the other, and no picture outlives its right.
 */
export async function pictureBegins(
  backend: Backend,
  { principal, connection }: Sender<ViewerPrincipal>,
  call: CallRecord,
): Promise<Outcome> {
  const lapse = await lapsedSince(backend, principal, call)
  if (lapse === null) {
    await tellOwners(backend, call)
    return null
  }
  await hangUp(backend, call, lapse.hangup)
  return lapse.fall === null ? null : dismissal(backend, connection, lapse.fall)
}

const HANGUP_OF = {
  'signed-out': 'signed-out',
  'link-expired': 'access-expired',
  'link-revoked': 'access-revoked',
} as const satisfies Record<Fall, HangupReason>

interface Lapse {
  readonly hangup: HangupReason
  /** Set when the viewer counts for nothing any more, and not only at this camera. */
  readonly fall: Fall | null
}

async function lapsedSince(
  backend: Backend,
  principal: ViewerPrincipal,
  call: CallRecord,
): Promise<Lapse | null> {
  const { device: deviceId, name } = splitCameraId(call.camera)
  const standing = await readStanding(backend, principal, deviceId)
  if (typeof standing === 'string') return { hangup: HANGUP_OF[standing], fall: standing }
  const { device, onlooker } = standing
  if (device === null || device.paired === null) return { hangup: 'device-unpaired', fall: null }
  const right = grantedRight(onlooker, device, name, backend.now())
  const less = right === null || (call.role === 'owner' && right.role !== 'owner')
  return less ? { hangup: 'access-revoked', fall: null } : null
}
