import { describe, expect, it } from 'vitest'
import { openSlots } from './slots.ts'

describe('slots', () => {
  it('refuses one more than the limit and gives back what was hung up at once', () => {
    const slots = openSlots(2, 60_000, () => 0)
    expect([slots.claim(), slots.claim(), slots.claim()]).toEqual([true, true, false])
    slots.release('hung-up')
    expect(slots.live()).toBe(1)
    expect(slots.claim()).toBe(true)
    expect(slots.served()).toBe(3)
  })

  it('keeps a slot taken for a client that went away without hanging up', () => {
    let now = 1000
    const slots = openSlots(1, 60_000, () => now)
    slots.claim()
    slots.release('gone')
    expect(slots.live()).toBe(0)
    now += 59_999
    expect(slots.claim()).toBe(false)
    now += 1
    expect(slots.claim()).toBe(true)
  })

  it('counts those that were not hung up', () => {
    const slots = openSlots(2, 0, () => 0)
    slots.claim()
    slots.release('hung-up')
    expect(slots.abandoned()).toBe(0)
    slots.claim()
    slots.release('gone')
    expect(slots.abandoned()).toBe(1)
  })

  it('gives it back at once where it is not told to keep it', () => {
    const slots = openSlots(1, 0, () => 0)
    slots.claim()
    slots.release('gone')
    expect(slots.claim()).toBe(true)
  })
})
