import { cameraId } from '../../protocol/identifiers.ts'
import type { CallRecord, DeviceRecord } from '../core/records.ts'

export const DEVICE = 'd'.repeat(43)
export const OTHER_DEVICE = 'e'.repeat(43)
export const PORCH = cameraId(DEVICE, 'porch')
export const GARDEN = cameraId(OTHER_DEVICE, 'garden')
export const CALL = 'c'.repeat(22)
export const INSTANCE = 'i'.repeat(22)
export const SDP = 'v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\n'

export function deviceRecord(changes: Partial<DeviceRecord> = {}): DeviceRecord {
  return {
    id: DEVICE,
    revision: 1,
    connection: 'device-connection',
    connectedAt: 1_000,
    instance: INSTANCE,
    since: 1_000,
    leaseUntil: 1_000_000,
    cameras: [{ name: 'porch', label: 'Porch', state: 'ready', since: 1_000 }],
    ...changes,
  }
}

export function callRecord(changes: Partial<CallRecord> = {}): CallRecord {
  return {
    call: CALL,
    camera: PORCH,
    viewer: 'local',
    viewerConnection: 'viewer-connection',
    state: 'live',
    startedAt: 2_000,
    ...changes,
  }
}
