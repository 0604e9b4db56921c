import type { HangupReason } from '../../../protocol/hangup.ts'
import type { CallRecord, DeviceRecord } from '../records.ts'
import { rightOfCall } from '../rights.ts'

/**
 * Why a running call may not go on: the right's hour, and where the device was read with the call, the right itself.
 * Should whoever took it away have failed before the call was ended, it is ended when it is heard of next.
 */
export function lapse(call: CallRecord, device: DeviceRecord | null, now: number): HangupReason | null {
  if (call.until !== null && now >= call.until) return 'access-expired'
  if (device === null) return null
  if (device.paired === null) return 'device-unpaired'
  return rightOfCall(call, device, now) === null ? 'access-revoked' : null
}
