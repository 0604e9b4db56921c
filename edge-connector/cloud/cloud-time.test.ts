import { expect, test } from 'vitest'
import { CloudTime, describeOffset } from './cloud-time.ts'

test('[R31] it is the time of the machine until the cloud has told its own, and counts on from that', () => {
  let monotonic = 1_000
  let wall = 5_000
  const time = new CloudTime({ monotonic: () => monotonic, wall: () => wall })
  expect(time.now()).toBe(5_000)
  expect(time.set(1_800_000_000_000)).toBe(1_800_000_000_000 - 5_000)
  monotonic += 60_000
  // A clock that is set meanwhile, as at a boot with NTP, changes nothing.
  wall = 1_900_000_000_000
  expect(time.now()).toBe(1_800_000_060_000)
  expect(time.set(1_800_000_059_000)).toBe(-1_000)
  expect(time.now()).toBe(1_800_000_059_000)
})

test.each([
  [5 * 365 * 86_400_000, '1825 days behind'],
  [-3 * 3_600_000, '3 hours ahead'],
  [100 * 60_000, '100 minutes behind'],
  [-90_000, '90 seconds ahead'],
])('an offset of %d ms is "%s"', (offset, words) => {
  expect(describeOffset(offset)).toBe(words)
})
