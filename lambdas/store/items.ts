import * as v from 'valibot'
import { CameraCondition } from '../../protocol/hello.ts'
import type { CallRecord, DeviceRecord } from '../core/records.ts'

/** What the table's items look like; a field that an older version did not write gets its default here. */
const DeviceItem = v.object({
  id: v.string(),
  revision: v.number(),
  connection: v.nullable(v.string()),
  connectedAt: v.number(),
  instance: v.string(),
  since: v.number(),
  leaseUntil: v.number(),
  cameras: v.array(
    v.object({ name: v.string(), label: v.string(), state: CameraCondition, since: v.number() }),
  ),
})

const CallItem = v.object({
  call: v.string(),
  camera: v.string(),
  viewer: v.string(),
  viewerConnection: v.string(),
  state: v.picklist(['live', 'ended']),
  startedAt: v.number(),
})

export function toDevice(item: unknown): DeviceRecord {
  return v.parse(DeviceItem, item)
}

export function toCall(item: unknown): CallRecord {
  return v.parse(CallItem, item)
}

/** DynamoDB's TTL deletes days late: an item past its `expiresAt` (epoch seconds) counts as deleted. */
export function isCurrent(item: Readonly<Record<string, unknown>> | undefined, nowMs: number): boolean {
  if (item === undefined) return false
  return typeof item['expiresAt'] !== 'number' || item['expiresAt'] * 1000 > nowMs
}

export function epochSeconds(ms: number): number {
  return Math.ceil(ms / 1000)
}
