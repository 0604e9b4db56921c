import * as v from 'valibot'

const RANDOM_ID = v.regex<string, string>(/^[\w-]{22}$/, 'must be 128 bits in base64url')

/** 128 random bits, base64url: made by the viewer, and so known to nobody before the call. */
export const CallId = v.pipe(v.string(), RANDOM_ID)

/** 128 random bits, base64url: one run of a client program. */
export const InstanceId = v.pipe(v.string(), RANDOM_ID)

/** SHA-256 thumbprint of the device's public key (RFC 7638), base64url. */
export const DeviceId = v.pipe(v.string(), v.regex(/^[\w-]{43}$/, 'must be a key thumbprint in base64url'))

export const CameraName = v.pipe(
  v.string(),
  v.regex(/^[a-z0-9-]{1,32}$/, 'must be 1 to 32 of a-z, 0-9 and -'),
)

/** `<device id>.<camera name>` */
export const CameraId = v.pipe(
  v.string(),
  v.regex(/^[\w-]{43}\.[a-z0-9-]{1,32}$/, 'must be <device id>.<camera name>'),
)

/** A name for people to read: control characters, and those that turn the direction of the text, have no place in it. */
export const Label = v.pipe(
  v.string(),
  v.maxLength(64),
  v.regex(/^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]+$/u, 'must be text without control characters'),
  v.regex(/[\p{L}\p{N}\p{P}\p{S}]/u, 'must have something to read in it'),
)

/** A person's e-mail address or name, or the label of a link: a name as long as the wire has room for. */
export const MAX_NAME_LENGTH = 256

export function cameraId(device: string, name: string): string {
  return `${device}.${name}`
}

export function splitCameraId(camera: string): { device: string; name: string } {
  const dot = camera.indexOf('.')
  return { device: camera.slice(0, dot), name: camera.slice(dot + 1) }
}

/** 128 random bits, base64url: pairs a reply with its request. */
export const RequestId = v.pipe(v.string(), RANDOM_ID)

/** 128 random bits, base64url: a grant, made by the cloud; as a guest, who came by it. */
export const GrantId = v.pipe(v.string(), RANDOM_ID)

/** SHA-256 of a person's issuer and subject, base64url: says nothing of who it is. */
export const PersonId = v.pipe(v.string(), v.regex(/^[\w-]{43}$/, 'must be a hash in base64url'))

/** 128 random bits, base64url: what a pairing code or a guest link holds, and the cloud keeps only the hash of. */
export const Secret = v.pipe(v.string(), RANDOM_ID)

/** SHA-256 of a secret's text, base64url. */
export const SecretHash = v.pipe(v.string(), v.regex(/^[\w-]{43}$/, 'must be a SHA-256 in base64url'))

/** Short groups, so that two people, or two screens, can be compared by eye. */
export function groupedId(id: string): string[] {
  return id.match(/.{1,4}/gs) ?? []
}
