import type { Who } from './model.ts'
import { OWNER_EMAIL, type World } from './world.ts'

const SIGNED_IN_LONG_AGO_MS = 60 * 60_000

const person = (name: string, email: string | null) => ({
  kind: 'person' as const,
  id: name.padEnd(43, 'p'),
  email,
  name: email ?? name,
})

const PEOPLE = [
  person('owner', OWNER_EMAIL),
  person('viewer', 'viewer@home.test'),
  // An account of its own at the issuer, with the owner's address.
  person('second', OWNER_EMAIL),
  person('partner', 'partner@home.test'),
  // Says that it is the viewer; the issuer does not vouch for that.
  person('unproven', null),
  person('stranger', 'stranger@elsewhere.test'),
]
export const DEVICES = ['a', 'b', 'c'].map((letter) => letter.repeat(43))
export const CAMERA_NAMES = ['porch', 'garden']
export const CAMERAS = DEVICES.flatMap((device) => CAMERA_NAMES.map((name) => `${device}.${name}`))
export const EMAILS = [
  'viewer@home.test',
  'Partner@Home.Test',
  OWNER_EMAIL,
  'stranger@elsewhere.test',
  'new@home.test',
]
export const PERSON_IDS = PEOPLE.map(({ id }) => id)

const NOBODIES = ['token-expired', 'signed-out', 'link-expired', 'link-revoked', 'clock-wrong'] as const

/** Somebody whom the door lets in: `kind` says what, `which` who of these, `late` with a credential of long ago. */
export function castMember(
  world: World,
  kind: 'person' | 'guest' | 'device' | 'nobody',
  which: number,
  late: boolean,
): Who {
  switch (kind) {
    case 'person': {
      const member = at(PEOPLE, which)
      return { ...member, authenticatedAt: world.now - (late ? SIGNED_IN_LONG_AGO_MS : 0) }
    }
    case 'device':
      return { kind, id: at(DEVICES, which) }
    case 'guest': {
      // The door may have read the link a moment before it was revoked, so that also those of revoked links come.
      const links = [...world.model.grants.values()].filter(({ to }) => to.kind === 'link')
      if (links.length === 0) return { kind: 'nobody', reason: 'link-revoked' }
      const { id, device } = at(links, which)
      return { kind, id, device }
    }
    case 'nobody':
      return { kind, reason: at(NOBODIES, which) }
  }
}

export function at<Item>(items: readonly Item[], index: number): Item {
  const item = items[index % items.length]
  if (item === undefined) throw new Error('nothing to choose from')
  return item
}
