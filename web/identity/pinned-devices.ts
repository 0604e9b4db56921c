import * as v from 'valibot'
import { DeviceId } from '../../protocol/identifiers.ts'
import type { KnownDevices } from '../viewer/known-devices.ts'

export const PINNED_KEY = 'mihari.devices'

/**
 * The devices that the people before this browser have said to be theirs, or have paired here [R43]. Read anew each
 * time, for another tab may have learned one.
 */
export function pinnedDevices(storage: Storage): KnownDevices {
  return {
    standing: (device) => (read(storage).includes(device) ? 'known' : 'new'),
    learn(device) {
      const known = read(storage)
      if (!known.includes(device)) storage.setItem(PINNED_KEY, JSON.stringify([...known, device]))
    },
  }
}

/**
 * A guest's: the one that the link names, for this visit. It is kept no longer, because whoever makes a link would
 * else have a device of theirs taken for one of the household.
 */
export function onlyDevice(named: string): KnownDevices {
  return {
    standing: (device) => (device === named ? 'known' : 'wrong'),
    learn: () => undefined,
  }
}

function read(storage: Storage): readonly string[] {
  try {
    const value: unknown = JSON.parse(storage.getItem(PINNED_KEY) ?? '[]')
    return Array.isArray(value) ? value.filter((entry): entry is string => v.is(DeviceId, entry)) : []
  } catch {
    // What is not readable is nobody's word: everything is new again.
    return []
  }
}
