import * as v from 'valibot'
import { MAX_CAMERAS_PER_DEVICE } from '../../protocol/hello.ts'
import { CameraName, Label } from '../../protocol/identifiers.ts'
import { VIDEO_FORMATS } from '../cameras/uv4l/dialect.ts'
import { LOG_LEVELS } from '../log/log.ts'

/** Each message says what is wrong and what to write instead; none repeats a value, which may be a secret. */
const WS_ADDRESS = 'write an address such as ws://192.168.0.100:4300/stream/webrtc'
const CLOUD_ADDRESS =
  'write the address that the deployment printed, such as wss://abc.execute-api.eu-west-1.amazonaws.com/v1'

/**
 * In one form, for it is signed as it is connected to [R31]: as the deployment prints it, with no slash at the end.
 */
export const CloudAddress = v.pipe(
  webSocketAddress(CLOUD_ADDRESS),
  v.check((value) => parseUrl(value)?.search === '', `must hold no ?: ${CLOUD_ADDRESS}`),
  v.transform((value) => new URL(value).href.replace(/\/+$/, '')),
)
export const CameraAddress = webSocketAddress(WS_ADDRESS)

const PORT = 'must be a port: write a number from 0 (any free one) to 65535, or off'
export const HealthPort = v.union(
  [v.literal('off'), v.pipe(v.number(), v.integer(PORT), v.minValue(0, PORT), v.maxValue(65_535, PORT))],
  PORT,
)

const LEVEL = `must be one of ${LOG_LEVELS.join(', ')}`
export const Level = v.picklist(LOG_LEVELS, LEVEL)

const NAME = 'is no camera name: write 1 to 32 of a-z, 0-9 and -'
export const Name = v.pipe(
  v.string(),
  v.check((name) => v.is(CameraName, name), NAME),
)

const FINGERPRINT =
  'must be a SHA-256 fingerprint of 64 hex digits: write what `openssl x509 -fingerprint -sha256` prints'
const Tls = v.strictObject(
  {
    fingerprint: v.optional(
      v.pipe(text(FINGERPRINT), v.regex(/^([0-9a-f]{2}:?){31}[0-9a-f]{2}$/i, FINGERPRINT)),
    ),
    allowSelfSigned: v.optional(yesOrNo()),
  },
  'must hold fingerprint: or allowSelfSigned:',
)

const CALLS = 'must be a number of calls: write 1 to 32'
const FORMAT = `is no video format of UV4L: write one of ${[...VIDEO_FORMATS.keys()].join(', ')}`
const LABEL = 'must be a name of 1 to 64 characters on one line; put it in quotes'
const USER = 'must be a user name without a colon; put it in quotes'
const PASSWORD = 'must be text: put it in quotes'
const FILE = 'must be the name of a file'

const Camera = v.strictObject(
  {
    url: CameraAddress,
    label: v.optional(
      v.pipe(
        text(LABEL),
        v.check((label) => v.is(Label, label), LABEL),
      ),
    ),
    user: v.optional(v.pipe(text(USER), v.regex(/^[^:]+$/, USER))),
    password: v.optional(text(PASSWORD)),
    passwordFile: v.optional(v.pipe(text(FILE), v.minLength(1, FILE))),
    tls: v.optional(Tls),
    maxCalls: v.optional(
      v.pipe(v.number(CALLS), v.integer(CALLS), v.minValue(1, CALLS), v.maxValue(32, CALLS)),
    ),
    vformat: v.optional(
      v.pipe(
        v.number(FORMAT),
        v.check((format) => VIDEO_FORMATS.has(format), FORMAT),
      ),
    ),
    forceHardwareCodec: v.optional(yesOrNo()),
  },
  'must hold the settings of a camera: write url: below it',
)
export type CameraSettings = v.InferOutput<typeof Camera>

export const MANY = `has more than the ${MAX_CAMERAS_PER_DEVICE} cameras that one connector may have`

const CAMERAS_LISTED =
  'must hold cameras by name, not a list: the name is the key, so write porch: without -, then url: below it'

export const FileSchema = v.strictObject(
  {
    cloud: v.optional(CloudAddress),
    data: v.optional(v.pipe(text(FILE), v.minLength(1, FILE))),
    healthPort: v.optional(HealthPort),
    logLevel: v.optional(Level),
    cameras: v.optional(
      v.pipe(
        v.unknown(),
        v.check((cameras) => !Array.isArray(cameras), CAMERAS_LISTED),
        v.record(Name, Camera, 'must hold cameras by name: write a name below it, then url:'),
      ),
    ),
  },
  'must hold settings: write cloud: and cameras:',
)
export type FileSettings = v.InferOutput<typeof FileSchema>

/** The keys that may be written there, for a hint at a misspelt one. */
export function knownKeys(path: readonly string[]): string[] {
  if (path.length === 0) return Object.keys(FileSchema.entries)
  return Object.keys(path.at(-1) === 'tls' ? Tls.entries : Camera.entries)
}

function text(message: string) {
  return v.string(message)
}

function yesOrNo() {
  return v.boolean('must be true or false, without quotes')
}

function webSocketAddress(advice: string) {
  return v.pipe(
    v.string(`must be text: ${advice}`),
    v.check((value) => isWebSocketUrl(value), `is no ws:// or wss:// address: ${advice}`),
    v.check(
      (value) => !hasCredentials(value),
      'must hold no user name and no password, which end up in logs: write user: and passwordFile: in the configuration file',
    ),
    v.check((value) => parseUrl(value)?.hash === '', `must hold no #: ${advice}`),
  )
}

function isWebSocketUrl(value: string): boolean {
  const url = parseUrl(value)
  return url !== null && (url.protocol === 'ws:' || url.protocol === 'wss:') && url.hostname !== ''
}

function hasCredentials(value: string): boolean {
  const url = parseUrl(value)
  return url !== null && (url.username !== '' || url.password !== '')
}

function parseUrl(value: string): URL | null {
  try {
    return new URL(value)
  } catch {
    return null
  }
}
