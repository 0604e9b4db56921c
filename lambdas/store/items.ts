import * as v from 'valibot'
import { CameraCondition } from '../../protocol/hello.ts'
import { Role } from '../../protocol/welcome.ts'
import type { CallRecord, ConnectionRecord, DeviceRecord, LinkRecord, PersonRecord } from '../core/records.ts'
import type { KeySetRecord } from '../door/ports.ts'

/** What the table's items look like; a field that an older version did not write gets its default here. */
const grant = { grant: v.string(), camera: v.string(), createdAt: v.number() }

const GrantItem = v.variant('kind', [
  v.object({ ...grant, kind: v.literal('person'), email: v.string(), person: v.nullable(v.string()) }),
  v.object({ ...grant, kind: v.literal('link'), label: v.string(), until: v.number(), max: v.number() }),
])

const DeviceItem = v.object({
  id: v.string(),
  revision: v.number(),
  paired: v.optional(v.nullable(v.object({ label: v.string(), at: v.number() })), null),
  code: v.optional(v.nullable(v.object({ hash: v.string(), until: v.number() })), null),
  grants: v.optional(v.array(GrantItem), []),
  connection: v.nullable(v.string()),
  connectedAt: v.number(),
  instance: v.string(),
  sequence: v.optional(v.nullable(v.number()), null),
  restarted: v.optional(v.boolean(), false),
  since: v.number(),
  leaseUntil: v.number(),
  cameras: v.array(
    v.object({
      name: v.string(),
      label: v.string(),
      renamed: v.optional(v.nullable(v.string()), null),
      state: CameraCondition,
      since: v.number(),
    }),
  ),
  expiresAt: v.pipe(
    v.optional(v.nullable(v.number()), null),
    v.transform((seconds) => (seconds === null ? null : seconds * 1000)),
  ),
})

const PersonItem = v.object({
  person: v.string(),
  revision: v.number(),
  name: v.string(),
  email: v.nullable(v.string()),
  owner: v.boolean(),
  emailSince: v.exactOptional(v.number()),
  founder: v.exactOptional(v.boolean()),
  signedOutAt: v.number(),
  since: v.number(),
})

const LinkItem = v.object({ hash: v.string(), device: v.string(), grant: v.string(), until: v.number() })

const ConnectionItem = v.object({
  connection: v.string(),
  viewer: v.string(),
  owner: v.boolean(),
  connectedAt: v.optional(v.number(), 0),
})

const CallItem = v.object({
  call: v.string(),
  camera: v.string(),
  viewer: v.string(),
  viewerConnection: v.string(),
  viewerConnectedAt: v.optional(v.number(), 0),
  role: Role,
  name: v.string(),
  until: v.nullable(v.number()),
  state: v.picklist(['live', 'ended']),
  startedAt: v.number(),
  endedAt: v.nullable(v.number()),
  endReason: v.nullable(v.string()),
})

const KeySetItem = v.object({
  jwks: v.optional(v.nullable(v.string()), null),
  fetchedAt: v.optional(v.number(), 0),
  triedAt: v.number(),
})

export const toDevice = (item: unknown): DeviceRecord => v.parse(DeviceItem, item)
export const toPerson = (item: unknown): PersonRecord => v.parse(PersonItem, item)
export const toLink = (item: unknown): LinkRecord => v.parse(LinkItem, item)
export const toConnection = (item: unknown): ConnectionRecord => v.parse(ConnectionItem, item)
export const toCall = (item: unknown): CallRecord => v.parse(CallItem, item)
export const toKeySet = (item: unknown): KeySetRecord => v.parse(KeySetItem, item)
