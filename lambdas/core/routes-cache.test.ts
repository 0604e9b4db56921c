import { expect, it } from 'vitest'
import { createRoutesCache, ROUTE_MS } from './routes-cache.ts'

it('forgets what was written longest ago when it is full', () => {
  const { deviceConnections } = createRoutesCache(2)
  deviceConnections.set('a', '1', 0)
  deviceConnections.set('b', '2', 0)
  deviceConnections.set('a', '3', 0)
  deviceConnections.set('c', '4', 0)
  expect(['a', 'b', 'c'].map((device) => deviceConnections.get(device, 0))).toEqual(['3', undefined, '4'])
})

it('[R34] remembers nothing for longer than ten seconds after it was read', () => {
  const { deviceConnections } = createRoutesCache()
  deviceConnections.set('a', '1', 5_000)
  expect(ROUTE_MS).toBe(10_000)
  expect(deviceConnections.get('a', 14_999)).toBe('1')
  expect(deviceConnections.get('a', 15_000)).toBeUndefined()
})
