import { createHash, randomBytes } from 'node:crypto'

const CODE_BYTES = 16

/** 128 bits: guessing needs no limit of its own. */
export function createCode(): string {
  return randomBytes(CODE_BYTES).toString('base64url')
}

/** What is kept of a code. */
export function hashCode(code: string): string {
  return createHash('sha256').update(code).digest('base64url')
}
