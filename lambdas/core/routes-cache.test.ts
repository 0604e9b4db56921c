import { expect, it } from 'vitest'
import { createRoutesCache } from './routes-cache.ts'

it('forgets what was written longest ago when it is full', () => {
  const { deviceConnections } = createRoutesCache(2)
  deviceConnections.set('a', '1')
  deviceConnections.set('b', '2')
  deviceConnections.set('a', '3')
  deviceConnections.set('c', '4')
  expect(['a', 'b', 'c'].map((device) => deviceConnections.get(device))).toEqual(['3', undefined, '4'])
})
