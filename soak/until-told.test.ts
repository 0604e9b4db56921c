import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { SoakFault } from './faults.ts'
import { untilTold } from './until-told.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const throws: SoakFault = { on: 'service', fault: { kind: 'function', how: 'throws', count: 1, ms: 0 } }
const lost: SoakFault = {
  on: 'service',
  fault: { kind: 'drop', direction: 'to-client', types: ['presence'], count: 1 },
}
const failing: SoakFault = { on: 'service', fault: { kind: 'post', how: 'failing', count: 4 } }

/** When the hellos came, in s, where only one of them tells the truth; null when it was never told. */
async function hellos(away: 'camera' | 'connector', fault: SoakFault) {
  const startedAt = performance.now()
  const at: number[] = []
  const told = untilTold({
    burst: [fault],
    away,
    cast: { passNineMinutes: async () => void at.push((performance.now() - startedAt) / 1000) },
    patience: 1,
    look: async () => (at.length > 0 ? [] : ['wrong']),
  }).then(
    () => at,
    () => null,
  )
  await vi.advanceTimersByTimeAsync(60_000)
  return told
}

it('[R28] what was lost on its way to a viewer is told at its next hello', async () => {
  expect(await hellos('camera', lost)).toEqual([0.5])
})

it('a goodbye that may be lost is waited for before a viewer says hello', async () => {
  expect(await hellos('connector', throws)).toEqual([10])
})

it('[R50] a connector that is there tells of its camera, whatever has failed before', async () => {
  expect(await hellos('camera', throws)).toBeNull()
  expect(await hellos('connector', failing)).toBeNull()
})
