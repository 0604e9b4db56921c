import { expect, it } from 'vitest'
import { safeStorage } from '../browser/safe-storage.ts'
import { onlyDevice, PINNED_KEY, pinnedDevices } from './pinned-devices.ts'

const DEVICE = 'd'.repeat(43)
const OTHER = 'e'.repeat(43)
const empty = () =>
  safeStorage(() => {
    throw new Error('none')
  })

it('[R43] a browser knows no device at first, and keeps each that it has learned', () => {
  const storage = empty()
  const devices = pinnedDevices(storage)
  expect(devices.standing(DEVICE)).toBe('new')
  devices.learn(DEVICE)
  devices.learn(DEVICE)
  devices.learn(OTHER)
  const later = pinnedDevices(storage)
  expect([DEVICE, OTHER, 'f'.repeat(43)].map((device) => later.standing(device))).toEqual([
    'known',
    'known',
    'new',
  ])
})

it('[R43] what one tab has learned another knows', () => {
  const storage = empty()
  const [one, another] = [pinnedDevices(storage), pinnedDevices(storage)]
  one.learn(DEVICE)
  another.learn(OTHER)
  expect([one.standing(OTHER), another.standing(DEVICE)]).toEqual(['known', 'known'])
})

it.each(['no JSON', 'null', '{"0":"x"}', `"${DEVICE}"`, '[1,{}]'])(
  'what was kept and is no list of devices counts for nothing: %s',
  (kept) => {
    const storage = empty()
    storage.setItem(PINNED_KEY, kept)
    const devices = pinnedDevices(storage)
    expect(devices.standing(DEVICE)).toBe('new')
    devices.learn(DEVICE)
    expect(devices.standing(DEVICE)).toBe('known')
  },
)

it('a guest knows the device of the link, and no other can be accepted', () => {
  const devices = onlyDevice(DEVICE)
  devices.learn(OTHER)
  expect([devices.standing(DEVICE), devices.standing(OTHER)]).toEqual(['known', 'wrong'])
})
