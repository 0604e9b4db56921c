import { timingSafeEqual } from 'node:crypto'
import { PAIRING_CODE_MS } from '../../../protocol/operations.ts'
import { later, UNPAIRED_MS } from '../devices/device-state.ts'
import type { DeviceRecord } from '../records.ts'
import { secretHash } from '../secret-hash.ts'

export type ClaimRefusal = 'pairing-code-wrong' | 'pairing-code-expired' | 'pairing-code-used'

/** The device with a code to be claimed by; null when it waits by this code already [R39]. */
export function codeShown(before: DeviceRecord, codeHash: string, now: number): DeviceRecord | null {
  if (before.code?.hash === codeHash) return null
  return {
    ...before,
    revision: before.revision + 1,
    code: { hash: codeHash, until: now + PAIRING_CODE_MS },
    expiresAt: now + UNPAIRED_MS,
  }
}

/** The device in an owner's hands, or why it does not get there. */
export function claimed(
  before: DeviceRecord | null,
  code: string,
  label: string,
  now: number,
): DeviceRecord | ClaimRefusal {
  if (before !== null && before.paired !== null) return 'pairing-code-used'
  if (before === null || before.code === null || !isHashOf(before.code.hash, code))
    return 'pairing-code-wrong'
  if (now >= before.code.until) return 'pairing-code-expired'
  return {
    ...before,
    revision: before.revision + 1,
    paired: { label, at: later(now, before.since) },
    code: null,
    grants: [],
    expiresAt: null,
  }
}

/**
 * The device in nobody's hands. Its revision goes on, so that no write that was begun before comes true after; its
 * address stays until it is told and disconnected.
 */
export function unpaired(before: DeviceRecord, now: number): DeviceRecord {
  return {
    ...before,
    revision: before.revision + 1,
    paired: null,
    code: null,
    grants: [],
    sequence: null,
    restarted: false,
    cameras: [],
    // What was shown of its cameras is older than this, also where the clock is behind.
    since: later(now, before.since),
    expiresAt: now + UNPAIRED_MS,
  }
}

function isHashOf(hash: string, secret: string): boolean {
  const expected = Buffer.from(hash)
  const actual = Buffer.from(secretHash(secret))
  return expected.length === actual.length && timingSafeEqual(expected, actual)
}
