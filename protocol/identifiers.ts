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

/** For people to read: control characters, and those that turn the direction of the text, have no place in it. */
export const CameraLabel = v.pipe(
  v.string(),
  v.maxLength(64),
  v.regex(/^[^\p{Cc}\p{Bidi_Control}]+$/u, 'must be text without control characters'),
)

export function cameraId(device: string, name: string): string {
  return `${device}.${name}`
}

export function splitCameraId(camera: string): { device: string; name: string } {
  const dot = camera.indexOf('.')
  return { device: camera.slice(0, dot), name: camera.slice(dot + 1) }
}

/** A fresh call or instance id from 16 random bytes. */
export function idFromBytes(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}
