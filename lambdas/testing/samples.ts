import { createHash } from 'node:crypto'
import { cameraId } from '../../protocol/identifiers.ts'
import type { CallRecord, DeviceRecord, LinkGrant, PersonGrant, PersonRecord } from '../core/records.ts'

export const DEVICE = 'd'.repeat(43)
export const OTHER_DEVICE = 'e'.repeat(43)
export const PORCH = cameraId(DEVICE, 'porch')
export const CELLAR = cameraId(DEVICE, 'cellar')
export const GARDEN = cameraId(OTHER_DEVICE, 'garden')
export const CALL = 'c'.repeat(22)
export const INSTANCE = 'i'.repeat(22)
export const SDP = 'v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\n'
export const GRANT = 'g'.repeat(22)
export const LINK = 'l'.repeat(22)
export const PERSON = 'p'.repeat(43)

/** As who makes a secret hands its hash to the cloud. */
export function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url')
}

export function deviceRecord(changes: Partial<DeviceRecord> = {}): DeviceRecord {
  return {
    id: DEVICE,
    revision: 1,
    paired: { label: 'Home', at: 500 },
    code: null,
    grants: [],
    connection: 'device-connection',
    connectedAt: 1_000,
    instance: INSTANCE,
    sequence: null,
    restarted: false,
    since: 1_000,
    leaseUntil: 1_000_000,
    cameras: [{ name: 'porch', label: 'Porch', renamed: null, state: 'ready', since: 1_000 }],
    expiresAt: null,
    ...changes,
  }
}

export function personGrant(changes: Partial<PersonGrant> = {}): PersonGrant {
  return {
    kind: 'person',
    grant: GRANT,
    camera: 'porch',
    email: 'member@home.example',
    person: PERSON,
    createdAt: 600,
    ...changes,
  }
}

export function linkGrant(changes: Partial<LinkGrant> = {}): LinkGrant {
  return {
    kind: 'link',
    grant: LINK,
    camera: 'porch',
    label: 'Neighbour',
    until: 3_600_000,
    max: 2,
    createdAt: 600,
    ...changes,
  }
}

export function personRecord(changes: Partial<PersonRecord> = {}): PersonRecord {
  return {
    person: PERSON,
    revision: 1,
    name: 'member@home.example',
    email: 'member@home.example',
    owner: false,
    founder: false,
    signedOutAt: 0,
    since: 1_000,
    ...changes,
  }
}

export function callRecord(changes: Partial<CallRecord> = {}): CallRecord {
  return {
    call: CALL,
    camera: PORCH,
    viewer: PERSON,
    viewerConnection: 'viewer-connection',
    viewerConnectedAt: 1_500,
    role: 'viewer',
    name: 'member@home.example',
    until: null,
    state: 'live',
    startedAt: 2_000,
    endedAt: null,
    endReason: null,
    ...changes,
  }
}

/** With it the picture of the call begins. */
export function answerFor({ call, camera }: { call: string; camera: string }) {
  return { type: 'answer', call, camera, sdp: SDP, candidates: [] }
}
