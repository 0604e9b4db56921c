import { describe, expect, it } from 'vitest'
import { callRecord, deviceRecord, GRANT, LINK, linkGrant, PERSON, personGrant } from '../testing/samples.ts'
import { grantedRight, rightOfCall, rightTo } from './rights.ts'

const NOW = 5_000
const device = deviceRecord({ grants: [personGrant(), linkGrant()] })

describe('the right to a camera', () => {
  it('[R35] says the role, its end, and of a link how many may watch', () => {
    expect(rightTo({ viewer: LINK, owner: false }, device, 'porch', NOW)).toEqual({
      role: 'guest',
      since: 600,
      until: 3_600_000,
      link: { grant: LINK, max: 2 },
    })
    expect(rightTo({ viewer: PERSON, owner: false }, device, 'porch', NOW)).toMatchObject({
      role: 'viewer',
      until: null,
      link: null,
    })
  })

  it('[R33] is nobody’s by the id of a person’s grant, nor by an address', () => {
    for (const viewer of [GRANT, 'member@home.example', '', 'null']) {
      expect(rightTo({ viewer, owner: false }, device, 'porch', NOW)).toBeNull()
    }
  })

  it('[R33] is nobody’s by a grant that is still an address’s', () => {
    const invited = deviceRecord({ grants: [personGrant({ person: null })] })
    expect(rightTo({ viewer: PERSON, owner: false }, invited, 'porch', NOW)).toBeNull()
  })

  it('[R33] ends with the pairing, an owner’s too', () => {
    const unpaired = { ...device, paired: null }
    for (const owner of [true, false]) {
      expect(grantedRight({ viewer: PERSON, owner }, unpaired, 'porch', NOW)).toBeNull()
    }
  })

  it('[R36] of a running call is that of its role, also of a camera that the device names no more', () => {
    const bare = deviceRecord({ grants: [personGrant()], cameras: [] })
    expect(rightOfCall(callRecord(), bare, NOW)).toMatchObject({ role: 'viewer' })
    expect(rightOfCall(callRecord(), { ...bare, grants: [] }, NOW)).toBeNull()
    expect(rightOfCall(callRecord({ role: 'owner' }), { ...bare, grants: [] }, NOW)).not.toBeNull()
  })

  it.each(['constructor', '__proto__', 'toString'])(
    'is nobody’s to a camera called %s that is not there',
    (name) => {
      expect(rightTo({ viewer: PERSON, owner: true }, device, name, NOW)).toBeNull()
    },
  )
})
