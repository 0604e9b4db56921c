import { readSubprotocols } from '../../protocol/credentials.ts'
import { type Admission, refused } from './admission.ts'
import { admitDevice, type DeviceDoor } from './admit-device.ts'
import { admitGuest, type GuestDoor } from './admit-guest.ts'
import { admitPerson, type PersonDoor } from './admit-person.ts'

/** All that one door needs for the three credentials. */
export interface Door extends DeviceDoor, PersonDoor, GuestDoor {
  readonly store: DeviceDoor['store'] & PersonDoor['store'] & GuestDoor['store']
  /** Origin of the web app. */
  readonly webOrigin: string
}

export interface Handshake {
  readonly subprotocols: string | undefined
  readonly origin: string | undefined
}

/** Who a handshake is from. Rejects when the database fails, or when there are no keys to check a person's token by. */
export async function admit({ origin, subprotocols }: Handshake, door: Door): Promise<Admission> {
  // A browser always says where its page is from, and no page can lie about it (RFC 6454 section 7).
  if (origin !== undefined && origin !== door.webOrigin) return refused('origin')
  const credential = subprotocols === undefined ? null : readSubprotocols(subprotocols)
  switch (credential?.kind) {
    case undefined:
      return refused('no-credential')
    case 'bearer':
      return admitPerson(credential.token, door)
    case 'device':
      return admitDevice(credential.token, door)
    case 'guest':
      return admitGuest(credential.token, door)
  }
}
