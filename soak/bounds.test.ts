import { expect, it } from 'vitest'
import { boundOfAll, needsHello } from './bounds.ts'
import type { SoakFault } from './faults.ts'

const roll: SoakFault = { on: 'viewer', viewer: 1, how: 'roll-over' }
const ghost: SoakFault = { on: 'viewer', viewer: 1, how: 'ghost' }
const drop = (direction: 'to-cloud' | 'to-client', type: string): SoakFault => ({
  on: 'service',
  fault: { kind: 'drop', direction, types: [type], count: 1 },
})

it('everything is right again within 10 s where the design names nothing longer', () => {
  expect(boundOfAll([roll]).ms).toBe(10_000)
  expect(boundOfAll([])).toEqual(boundOfAll([roll]))
})

it('[R22] a burst has the longest bound of its faults', () => {
  expect(boundOfAll([roll, ghost, roll])).toEqual(boundOfAll([ghost]))
  expect(boundOfAll([ghost]).ms).toBeGreaterThan(150_000)
  expect(boundOfAll([drop('to-cloud', 'hangup')]).why).toBe(boundOfAll([ghost]).why)
  const swallowed: SoakFault = { on: 'service', fault: { kind: 'post', how: 'void', count: 1 } }
  expect(boundOfAll([swallowed]).why).toBe(boundOfAll([ghost]).why)
})

it('[R28] what was lost on the way to a viewer waits for its next hello', () => {
  expect(needsHello(drop('to-client', 'presence'))).toBe(true)
  expect(needsHello(drop('to-cloud', 'status'))).toBe(false)
  expect(needsHello(roll)).toBe(false)
})
