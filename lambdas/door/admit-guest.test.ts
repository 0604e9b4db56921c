import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { GrantRecord } from '../core/records.ts'
import { createMemoryStore } from '../testing/memory-store.ts'
import { DEVICE, deviceRecord } from '../testing/samples.ts'
import { admitGuest } from './admit-guest.ts'

const SECRET = 'S'.repeat(22)
const UNTIL = 100_000
const GRANT: GrantRecord = {
  kind: 'link',
  grant: 'g'.repeat(22),
  camera: 'porch',
  createdAt: 1_000,
  label: 'Cat sitter',
  until: UNTIL,
  max: 1,
}
const PAIRED = deviceRecord({
  paired: { label: 'Home', at: 1 },
  code: null,
  grants: [GRANT],
  expiresAt: null,
})

async function createDoor(device = PAIRED) {
  const clock = { now: 10_000 }
  const store = createMemoryStore(() => clock.now)
  await store.putDevice(device, null)
  const hash = createHash('sha256').update(SECRET).digest('base64url')
  await store.addLink({ hash, device: DEVICE, grant: GRANT.grant, until: UNTIL }, UNTIL + 1_000_000)
  return { clock, store, admit: (secret = SECRET) => admitGuest(secret, { store, now: () => clock.now }) }
}

describe('a guest at the door', () => {
  it('[R29] is the grant of the link', async () => {
    const { admit } = await createDoor()
    expect(await admit()).toEqual({ kind: 'guest', id: GRANT.grant, device: DEVICE })
  })

  it('[R29] a forged guest secret is refused', async () => {
    const { admit } = await createDoor()
    expect(await admit('T'.repeat(22))).toEqual({ kind: 'refused', why: 'unknown-link' })
  })

  it.each(['', 'short', 'S'.repeat(23), `${'S'.repeat(21)}.`, 'a.b.c'])(
    '[R29] what cannot be a secret is refused: %j',
    async (secret) => {
      const { admit } = await createDoor()
      expect(await admit(secret)).toEqual({ kind: 'refused', why: 'malformed-token' })
    },
  )

  it('[R29] the hash of a secret, as the cloud keeps it, is no secret', async () => {
    const { admit } = await createDoor()
    const hash = createHash('sha256').update(SECRET).digest('base64url')
    expect(await admit(hash)).toMatchObject({ kind: 'refused' })
    expect(await admit(hash.slice(0, 22))).toMatchObject({ kind: 'refused' })
  })

  it('[R30] an expired guest is nobody, and told so', async () => {
    const { admit, clock } = await createDoor()
    clock.now = UNTIL - 1
    expect(await admit()).toMatchObject({ kind: 'guest' })
    clock.now = UNTIL
    expect(await admit()).toEqual({ kind: 'nobody', reason: 'link-expired' })
  })

  it('[R30] an expired guest whose grant was tidied away is not told of a revocation', async () => {
    const { admit, clock } = await createDoor({ ...PAIRED, grants: [] })
    clock.now = UNTIL
    expect(await admit()).toEqual({ kind: 'nobody', reason: 'link-expired' })
  })

  it('[R30] the hour of the grant counts, should the link’s be later', async () => {
    const { admit } = await createDoor({ ...PAIRED, grants: [{ ...GRANT, until: 10_000 }] })
    expect(await admit()).toEqual({ kind: 'nobody', reason: 'link-expired' })
  })

  it.each([
    ['the grant is gone', { ...PAIRED, grants: [] }],
    ['the device was unpaired', { ...PAIRED, paired: null }],
    ['another grant has its id', { ...PAIRED, grants: [{ ...GRANT, grant: 'h'.repeat(22) }] }],
    ['the device was paired again', { ...PAIRED, paired: { label: 'Other', at: 2 }, grants: [] }],
  ])('[R30, R41] a revoked guest is nobody, and told so: %s', async (_how, device) => {
    const { admit } = await createDoor(device)
    expect(await admit()).toEqual({ kind: 'nobody', reason: 'link-revoked' })
  })

  it('[R30] a guest of a device that is gone is told of the revocation', async () => {
    const { admit } = await createDoor({ ...PAIRED, expiresAt: 10_000 })
    expect(await admit()).toEqual({ kind: 'nobody', reason: 'link-revoked' })
  })

  it('[R29] a link that is long over is as one that never was', async () => {
    const { admit, clock } = await createDoor()
    clock.now = UNTIL + 1_000_000
    expect(await admit()).toEqual({ kind: 'refused', why: 'unknown-link' })
  })
})
