import { isAbsolute, join, resolve } from 'node:path'
import { MAX_CAMERAS_PER_DEVICE } from '../../protocol/hello.ts'
import type { TlsTrust } from '../cameras/uv4l/trust.ts'
import type { CameraConfiguration, Configuration, Problem } from './configuration.ts'
import { type CameraSettings, type FileSettings, MANY } from './file-schema.ts'
import { type Locate, readFileSettings } from './read-file.ts'
import { type Flags, readFlags } from './read-flags.ts'

const DEFAULT_HEALTH_PORT = 4380
const DEFAULT_MAX_CALLS = 3
/** UV4L's hardware codec is reported to give one feed at a time. */
const HARDWARE_CODEC_MAX_CALLS = 1
/** 640x480 at 30 a second: what the smallest Pi can encode without its hardware codec. */
const DEFAULT_VFORMAT = 30
const UV4L_PATH = '/stream/webrtc'

export type Reading =
  | { readonly kind: 'help' }
  | { readonly kind: 'version' }
  | { readonly kind: 'configuration'; readonly configuration: Configuration }
  | { readonly kind: 'problems'; readonly problems: readonly Problem[] }

export interface Surroundings {
  /** The text of a file; throws as node:fs does. */
  readonly readText: (file: string) => string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly home: string
}

interface FileSource {
  readonly settings: FileSettings
  readonly locate: Locate
  readonly directory: string
}

const NO_FILE: FileSource = { settings: {}, locate: () => '', directory: '.' }

export async function readConfiguration(args: readonly string[], around: Surroundings): Promise<Reading> {
  const { flags, problems } = readFlags(args)
  if (problems.length > 0) return { kind: 'problems', problems }
  if (flags.help) return { kind: 'help' }
  if (flags.version) return { kind: 'version' }
  const source = flags.config === undefined ? NO_FILE : await readSource(flags.config, around)
  return Array.isArray(source)
    ? { kind: 'problems', problems: source }
    : combine(flags, source as FileSource, around)
}

async function readSource(file: string, around: Surroundings): Promise<FileSource | readonly Problem[]> {
  const text = readTextOf(file, around)
  if (typeof text !== 'string') return [{ where: file, field: '', reason: text.reason }]
  const result = readFileSettings(file, text, await import('./yaml-parser.ts'))
  if (!result.ok) return result.problems
  return { settings: result.settings, locate: result.locate, directory: join(file, '..') }
}

function combine(flags: Flags, source: FileSource, around: Surroundings): Reading {
  const { settings, locate } = source
  const problems: Problem[] = []
  const cloud = flags.cloud ?? settings.cloud
  if (cloud === undefined) {
    const reason = 'is missing: write the signalling address that the deployment printed'
    problems.push({ ...whereIs('cloud', '--cloud', locate([])), reason })
  }
  const byName = new Map<string, CameraSettings>(Object.entries(settings.cameras ?? {}))
  for (const [name, url] of flags.cameras) byName.set(name, { ...byName.get(name), url })
  if (byName.size === 0) {
    const reason = 'is missing: write at least one camera, such as --camera porch=ws://192.168.0.100:4300'
    problems.push({ ...whereIs('cameras', '--camera', locate([])), reason })
  }
  if (byName.size > MAX_CAMERAS_PER_DEVICE) {
    problems.push({ ...whereIs('cameras', '--camera', locate(['cameras'])), reason: MANY })
  }
  const cameras = [...byName].map(([name, camera]) => {
    const result = completeCamera(name, camera, source, around)
    problems.push(...result.problems)
    return result.camera
  })
  if (cloud === undefined || problems.length > 0) return { kind: 'problems', problems }
  return {
    kind: 'configuration',
    configuration: {
      cloud,
      dataDirectory: dataDirectory(flags, source, around),
      healthPort: flags.healthPort ?? settings.healthPort ?? DEFAULT_HEALTH_PORT,
      logLevel: flags.logLevel ?? settings.logLevel ?? 'info',
      cameras,
    },
  }
}

/** In the file, or by its flag, which names the setting already. */
function whereIs(field: string, flag: string, inFile: string): Omit<Problem, 'reason'> {
  return inFile === '' ? { where: flag, field: '' } : { where: inFile, field }
}

function completeCamera(
  name: string,
  settings: CameraSettings,
  { locate, directory }: FileSource,
  around: Surroundings,
): { readonly camera: CameraConfiguration; readonly problems: readonly Problem[] } {
  const problems: Problem[] = []
  const add = (key: string, reason: string) =>
    problems.push({ where: locate(['cameras', name, key]), field: `cameras.${name}.${key}`, reason })
  const { tls, passwordFile } = settings
  if (settings.password !== undefined && passwordFile !== undefined) {
    add('passwordFile', 'is there beside password: keep one of them')
  }
  if (tls?.fingerprint !== undefined && tls.allowSelfSigned === true) {
    add('tls', 'has both fingerprint and allowSelfSigned: keep fingerprint, which is the safer one')
  }
  if (tls !== undefined && settings.url.startsWith('ws://')) {
    add('tls', 'is of no use for a ws:// address: write wss://, or remove it')
  }
  let { password } = settings
  if (passwordFile !== undefined && settings.password === undefined) {
    const text = readTextOf(isAbsolute(passwordFile) ? passwordFile : join(directory, passwordFile), around)
    if (typeof text === 'string') password = text.replace(/\r?\n$/, '')
    else add('passwordFile', text.reason)
  }
  const forceHardwareCodec = settings.forceHardwareCodec ?? false
  const camera: CameraConfiguration = {
    name,
    label: settings.label,
    url: withPath(settings.url),
    user: settings.user ?? 'user',
    password,
    trust: trustOf(tls),
    maxCalls: settings.maxCalls ?? (forceHardwareCodec ? HARDWARE_CODEC_MAX_CALLS : DEFAULT_MAX_CALLS),
    vformat: settings.vformat ?? DEFAULT_VFORMAT,
    forceHardwareCodec,
  }
  return { camera, problems }
}

function trustOf(tls: CameraSettings['tls']): TlsTrust {
  if (tls?.fingerprint !== undefined) return { kind: 'fingerprint', sha256: tls.fingerprint }
  return { kind: tls?.allowSelfSigned === true ? 'any' : 'authorities' }
}

/** UV4L serves its signalling at one path unless it was told otherwise. */
function withPath(address: string): string {
  const url = new URL(address)
  if (url.pathname === '/' && url.search === '') url.pathname = UV4L_PATH
  return url.href
}

/** systemd's StateDirectory= comes as an environment variable. */
function dataDirectory(flags: Flags, source: FileSource, around: Surroundings): string {
  if (flags.data !== undefined) return resolve(flags.data)
  if (source.settings.data !== undefined) return resolve(source.directory, source.settings.data)
  return around.env['STATE_DIRECTORY'] ?? join(around.home, '.mihari')
}

function readTextOf(file: string, around: Surroundings): string | { readonly reason: string } {
  try {
    return around.readText(file)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return { reason: `there is no file ${file}` }
    if (code === 'EACCES') return { reason: `this user may not read ${file}` }
    return { reason: `${file} cannot be read (${code ?? 'unknown'})` }
  }
}
