import { createPrivateKey, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto'
import {
  closeSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { createDeviceSigner, type DeviceSigner } from './device-signer.ts'
import { makeFolder } from './make-folder.ts'

const KEY_FILE = 'device.key'

export type Identity =
  | { readonly ok: true; readonly signer: DeviceSigner; readonly made: boolean }
  | { readonly ok: false; readonly reason: string }

/** The key of this device, made at the first start. Whoever has the file is the device. */
export function loadIdentity(directory: string): Identity {
  const file = join(directory, KEY_FILE)
  try {
    const made = writeNewKey(directory, file)
    const { mode } = statSync(file)
    // Windows has no such bits; Node makes them up there.
    if ((mode & 0o077) !== 0 && process.platform !== 'win32') {
      return refuse(
        `${file} can be read by other users, who could pose as this device; run: chmod 600 ${file}`,
      )
    }
    const key = readKey(file)
    return key === null
      ? refuse(`${file} holds no Ed25519 private key; restore it, or remove it to become a new device`)
      : { ok: true, signer: createDeviceSigner(key), made }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    const advice = 'choose another folder with --data DIR'
    return refuse(`the device key in ${directory} cannot be used (${code ?? message}); ${advice}`)
  }
}

/** Complete or not at all: written aside, then linked, which fails when another start was faster. */
function writeNewKey(directory: string, file: string): boolean {
  if (exists(file)) return false
  makeFolder(directory, 0o700)
  const { privateKey } = generateKeyPairSync('ed25519')
  const aside = `${file}.${randomBytes(6).toString('hex')}`
  const descriptor = openSync(aside, 'wx', 0o600)
  try {
    writeSync(descriptor, privateKey.export({ format: 'pem', type: 'pkcs8' }).toString())
    fsyncSync(descriptor)
    linkSync(aside, file)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  } finally {
    closeSync(descriptor)
    unlinkSync(aside)
  }
}

function readKey(file: string): KeyObject | null {
  const text = readFileSync(file, 'utf8')
  try {
    const key = createPrivateKey(text)
    return key.asymmetricKeyType === 'ed25519' ? key : null
  } catch {
    return null
  }
}

function exists(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false }) !== undefined
}

function refuse(reason: string): Identity {
  return { ok: false, reason }
}
