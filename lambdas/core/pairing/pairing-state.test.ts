import { describe, expect, it } from 'vitest'
import { deviceRecord, hashOf, personGrant } from '../../testing/samples.ts'
import { claimed, unpaired } from './pairing-state.ts'

const CODE = 'k'.repeat(22)
const code = { hash: hashOf(CODE), until: 9_000 }

describe('a device whose pairing changes', () => {
  it('[R41] begins without grants and code, whatever was left', () => {
    const waiting = deviceRecord({ paired: null, code, grants: [personGrant()], expiresAt: 9_000 })
    expect(claimed(waiting, CODE, 'Attic', 5_000)).toMatchObject({
      paired: { label: 'Attic', at: 5_000 },
      code: null,
      grants: [],
      expiresAt: null,
    })
  })

  it('[R41] ends without grants, cameras and code, and its revision goes on', () => {
    const before = deviceRecord({ revision: 7, code, grants: [personGrant()] })
    expect(unpaired(before, 5_000)).toMatchObject({
      revision: 8,
      paired: null,
      code: null,
      grants: [],
      cameras: [],
      expiresAt: 5_000 + 20 * 60_000,
    })
  })
})
