import * as v from 'valibot'
import { Secret } from '../../protocol/identifiers.ts'
import type { Guest, Nobody } from '../core/principal.ts'
import { secretHash } from '../core/secret-hash.ts'
import { linkOf } from '../core/viewers/standing.ts'
import { type Refused, refused } from './admission.ts'
import type { DoorStore } from './ports.ts'

export interface GuestDoor {
  readonly store: Pick<DoorStore, 'getLink' | 'getDevice'>
  /** Epoch ms. */
  now(): number
}

export async function admitGuest(
  secret: string,
  { store, now }: GuestDoor,
): Promise<Guest | Nobody | Refused> {
  if (!v.is(Secret, secret)) return refused('malformed-token')
  const link = await store.getLink(secretHash(secret))
  if (link === null) return refused('unknown-link')
  // Before the grant, which may be tidied away once its hour is over: that is no revocation.
  if (link.until <= now()) return { kind: 'nobody', reason: 'link-expired' }
  const guest: Guest = { kind: 'guest', id: link.grant, device: link.device }
  const grant = linkOf(guest, await store.getDevice(link.device), now())
  return typeof grant === 'string' ? { kind: 'nobody', reason: grant } : guest
}
