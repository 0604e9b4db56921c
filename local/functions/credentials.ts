import { randomBytes } from 'node:crypto'

export interface Credentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken: string
}

const KEY_ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** Temporary credentials in the shape that AWS gives them; the access key id alone has 80 random bits. */
export function createCredentials(): Credentials {
  const key = Array.from(randomBytes(16), (byte) => KEY_ALPHABET[byte % KEY_ALPHABET.length]).join('')
  return {
    accessKeyId: `ASIA${key}`,
    secretAccessKey: randomBytes(30).toString('base64'),
    sessionToken: randomBytes(48).toString('base64'),
  }
}
