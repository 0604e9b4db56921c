import * as v from 'valibot'
import {
  CallId,
  CameraId,
  DeviceId,
  GrantId,
  Label,
  MAX_NAME_LENGTH,
  PersonId,
  Secret,
  SecretHash,
} from './identifiers.ts'
import { Since } from './presence.ts'
import { Role } from './welcome.ts'

/** A device has them on its one item, which DynamoDB limits to 400 KB. */
export const MAX_GRANTS_PER_DEVICE = 200
export const MAX_WATCHERS_PER_LINK = 10
export const PAIRING_CODE_MS = 10 * 60_000
/** As the call records are kept. */
export const HISTORY_MS = 30 * 24 * 60 * 60_000

/** Compared in lower case. */
export const Email = v.pipe(
  v.string(),
  v.maxLength(254),
  v.regex(/^[^\s@\p{Cc}\p{Cf}\p{Cs}]+@[^\s@\p{Cc}\p{Cf}\p{Cs}]+$/u, 'must be an e-mail address'),
)
const Name = v.pipe(v.string(), v.maxLength(MAX_NAME_LENGTH))
/** Where the next page begins; opaque. */
const Cursor = v.optional(v.pipe(v.string(), v.maxLength(200)))

export const Grant = v.object({
  grant: GrantId,
  camera: CameraId,
  /** `invited`: nobody with that address has signed in yet. */
  kind: v.picklist(['person', 'invited', 'link']),
  /** The person's address or name, or the label of the link. */
  name: Name,
  createdAt: Since,
  until: v.optional(Since),
  max: v.optional(v.number()),
})
export type Grant = v.InferOutput<typeof Grant>

export const PairedDevice = v.object({
  device: DeviceId,
  label: Label,
  pairedAt: Since,
  online: v.boolean(),
  cameras: v.array(v.object({ camera: CameraId, label: Label })),
})
export type PairedDevice = v.InferOutput<typeof PairedDevice>

export const Person = v.object({
  person: PersonId,
  name: Name,
  owner: v.boolean(),
  /** The one who asks. */
  self: v.boolean(),
  since: Since,
})
export type Person = v.InferOutput<typeof Person>

/** One call, running or over. */
export const Watch = v.object({
  call: CallId,
  camera: CameraId,
  /** Address, name or label, as at the time of the call. */
  name: Name,
  role: Role,
  startedAt: Since,
  endedAt: v.optional(Since),
  /** An error code or a hangup's reason. */
  reason: v.optional(v.string()),
})
export type Watch = v.InferOutput<typeof Watch>

/**
 * How one learns of a grant by address. `sent`: by a mail, for an account that was made; `known`: has an account;
 * `elsewhere`: accounts are made elsewhere, so that nobody was told.
 */
export const Invitation = v.picklist(['sent', 'known', 'elsewhere'])
export type Invitation = v.InferOutput<typeof Invitation>

const Nothing = v.object({})

/** Everything that is asked once: what is asked, and what is answered when it is done. */
export const OPERATIONS = {
  /** An owner takes a device that waits to be paired. */
  'claim-device': operation({ device: DeviceId, code: Secret, label: Label }, Nothing),
  'list-devices': operation({ cursor: Cursor }, v.object({ devices: v.array(PairedDevice), cursor: Cursor })),
  'rename-device': operation({ device: DeviceId, label: Label }, Nothing),
  'unpair-device': operation({ device: DeviceId }, Nothing),
  'rename-camera': operation({ camera: CameraId, label: Label }, Nothing),
  'list-grants': operation(
    { camera: CameraId, cursor: Cursor },
    v.object({ grants: v.array(Grant), cursor: Cursor }),
  ),
  'grant-to-person': operation(
    { camera: CameraId, email: Email },
    v.object({ grant: GrantId, invitation: Invitation }),
  ),
  /** The link's secret is made by the owner's browser; the cloud gets its hash. */
  'grant-by-link': operation(
    {
      camera: CameraId,
      hash: SecretHash,
      label: Label,
      until: Since,
      max: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MAX_WATCHERS_PER_LINK)),
    },
    v.object({ grant: GrantId }),
  ),
  'revoke-grant': operation({ camera: CameraId, grant: GrantId }, Nothing),
  'list-people': operation({ cursor: Cursor }, v.object({ people: v.array(Person), cursor: Cursor })),
  'set-owner': operation({ person: PersonId, owner: v.boolean() }, Nothing),
  /** Who watches now, at every camera; changes come as `watching`. */
  'list-watchers': operation({ cursor: Cursor }, v.object({ watchers: v.array(Watch), cursor: Cursor })),
  /** The newest first. */
  'list-history': operation(
    { camera: CameraId, cursor: Cursor },
    v.object({ watches: v.array(Watch), cursor: Cursor }),
  ),
  /** Any person's own: every token of before is refused from now on, and running calls end. */
  'sign-out-everywhere': operation({}, Nothing),
  /** A device's: the hash of a fresh code. `site`: where an owner opens the app, without a slash at the end. */
  'start-pairing': operation({ codeHash: SecretHash }, v.object({ until: Since, site: v.string() })),
} as const

export type Operation = keyof typeof OPERATIONS
type DeviceOperation = 'start-pairing'
export type ViewerOperation = Exclude<Operation, DeviceOperation>
export type Asked<Name extends Operation> = v.InferOutput<(typeof OPERATIONS)[Name]['asked']>
export type Answered<Name extends Operation> = v.InferOutput<(typeof OPERATIONS)[Name]['answered']>

function operation<Entries extends v.ObjectEntries, Answer extends v.ObjectEntries>(
  asked: Entries,
  answered: v.ObjectSchema<Answer, undefined>,
) {
  return { asked: v.object(asked), answered }
}
