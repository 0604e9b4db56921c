import type { Backend } from '../backend.ts'
import { UNPAIRED_MS } from '../devices/device-state.ts'
import { settleAll } from '../settle-all.ts'

/** Anybody can make a key: so many devices that no owner has claimed may be connected at a time [R38]. */
export const UNPAIRED_PLACES = 20

/** Takes a place, or keeps it for longer; false when none is free. */
export async function takePlace({ store, now }: Backend, device: string): Promise<boolean> {
  for (const place of placesOf(device)) {
    if (await store.takePlace(place, device, now() + UNPAIRED_MS)) return true
  }
  return false
}

/** All of them: it may have come to a second when an earlier one in its row had become free meanwhile. */
export async function freePlaces({ store }: Backend, device: string): Promise<void> {
  await settleAll(placesOf(device).map((place) => store.freePlace(place, device)))
}

/** In an order of the device's own, so that most find theirs at once. */
function placesOf(device: string): number[] {
  const start = [...device].reduce((sum, character) => sum + (character.codePointAt(0) ?? 0), 0)
  return Array.from({ length: UNPAIRED_PLACES }, (_, n) => (start + n) % UNPAIRED_PLACES)
}
