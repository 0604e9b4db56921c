import { expect, test } from 'vitest'
import { createMeter } from './meter.ts'

test('messages count once per started 32 KB, in each direction', () => {
  const meter = createMeter(() => 0)
  for (const bytes of [0, 1, 32 * 1024, 32 * 1024 + 1, 128 * 1024]) {
    meter.record({ kind: 'message', direction: 'in', bytes })
  }
  meter.record({ kind: 'message', direction: 'out', bytes: 10 })
  expect(meter.snapshot()).toMatchObject({ messagesIn: 9, messagesOut: 1 })
})

test('connection minutes include the connections that are still open', () => {
  let now = 0
  const meter = createMeter(() => now)
  meter.record({ kind: 'connection-opened', at: 0 })
  meter.record({ kind: 'connection-opened', at: 60_000 })
  now = 120_000
  expect(meter.snapshot().connectionMinutes).toBe(3)
  meter.record({ kind: 'connection-closed', openedAt: 0, at: 120_000 })
  now = 180_000
  expect(meter.snapshot().connectionMinutes).toBe(4)
})

test('functions are billed by started milliseconds and memory', () => {
  const meter = createMeter(() => 0)
  meter.record({ kind: 'invocation', memoryMb: 256, billedMs: 3.2 })
  meter.record({ kind: 'invocation', memoryMb: 1024, billedMs: 10 })
  expect(meter.snapshot()).toMatchObject({ functionRequests: 2, functionGbMs: 11 })
})

test('capacity units add up', () => {
  const meter = createMeter(() => 0)
  meter.record({ kind: 'capacity', readUnits: 0.5, writeUnits: 0 })
  meter.record({ kind: 'capacity', readUnits: 0.5, writeUnits: 2 })
  expect(meter.snapshot()).toMatchObject({ readUnits: 1, writeUnits: 2 })
})
