import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { eventually } from '../testing/eventually.ts'
import { type FaultyCloud, startFaultyCloud } from './testing/faulty-cloud.ts'

let cloud: FaultyCloud
beforeEach(async () => {
  cloud = await startFaultyCloud()
})
afterEach(() => cloud.close())

const FAILED = { message: 'Internal server error' }

describe('the database', () => {
  it('throttled does nothing and says so, for as long as it lasts', async () => {
    cloud.faults.inject({ kind: 'database', how: 'throttled', forMs: 1000, share: 1 })
    expect(await cloud.say()).toMatchObject({
      status: 400,
      type: expect.stringMatching(/#ProvisionedThroughputExceededException$/),
    })
    cloud.clock.advance(1000)
    expect(await cloud.say()).toMatchObject({ status: 200, n: 1 })
  })

  it('failing answers 500, and has done nothing or all of it', async () => {
    cloud.faults.inject({ kind: 'database', how: 'failing', forMs: 1000, share: 1 })
    for (let time = 0; time < 10; time += 1) expect(await cloud.say()).toMatchObject({ status: 500 })
    cloud.faults.clear()
    const { n } = await cloud.say()
    expect(n).toBeGreaterThan(1)
    expect(n).toBeLessThan(11)
  })

  it('fails for the share of the requests that it is to fail for', async () => {
    cloud.faults.inject({ kind: 'database', how: 'throttled', forMs: 1000, share: 0.5 })
    const statuses: unknown[] = []
    for (let time = 0; time < 40; time += 1) statuses.push((await cloud.say())['status'])
    const throttled = statuses.filter((status) => status === 400).length
    expect(throttled).toBeGreaterThan(10)
    expect(throttled).toBeLessThan(30)
    expect(cloud.faults.counts()).toEqual({ 'database throttled': throttled })
  })
})

describe('the function', () => {
  it('throws, and has done nothing', async () => {
    cloud.faults.inject({ kind: 'function', how: 'throws', count: 1, ms: 0 })
    expect(await cloud.say()).toMatchObject(FAILED)
    expect(await cloud.say()).toMatchObject({ n: 1 })
  })

  it('is slow', async () => {
    cloud.faults.inject({ kind: 'function', how: 'slow', count: 1, ms: 2000 })
    const said = cloud.say()
    await eventually(cloud.faults.counts).toEqual({ 'function slow': 1 })
    cloud.clock.advance(2000)
    expect(await said).toMatchObject({ n: 1 })
  })

  it('dies between what it writes and what it posts', async () => {
    expect(await cloud.say()).toMatchObject({ n: 1, invocations: 1 })
    cloud.faults.inject({ kind: 'function', how: 'dies-before-post', count: 1, ms: 0 })
    expect(cloud.faults.waiting()).toBe(1)
    const dying = cloud.say()
    await eventually(cloud.faults.waiting).toBe(0)
    expect(await dying).toMatchObject(FAILED)
    expect(await cloud.say()).toMatchObject({ n: 3, invocations: 1 })
    expect(cloud.faults.counts()).toEqual({ 'function dies-before-post': 1 })
  })

  it('loses every warm instance', async () => {
    await cloud.say()
    expect(await cloud.say()).toMatchObject({ n: 2, invocations: 2 })
    cloud.faults.inject({ kind: 'function', how: 'cold', count: 1, ms: 0 })
    expect(await cloud.say()).toMatchObject({ n: 3, invocations: 1 })
  })

  it('sees the time to which the clock was moved', async () => {
    const { now } = await cloud.say()
    cloud.faults.inject({ kind: 'clock', aheadMs: 60_000 })
    const moved = (await cloud.say())['now']
    // Two clocks that differ by less than a second are taken for one.
    expect(Number(moved) - Number(now)).toBeGreaterThan(58_000)
    expect(Number(moved) - Number(now)).toBeLessThan(90_000)
  })
})
