import { expect, it } from 'vitest'
import { whoMakesRoom } from './make-room.ts'

const call = (name: string, role: 'owner' | 'viewer' | 'guest', startedAt: number) => ({
  name,
  role,
  startedAt,
})

it('[R37] the youngest guest makes room, before any viewer and in whatever order they are told', () => {
  const calls = [
    call('Ben', 'viewer', 9),
    call('new link', 'guest', 5),
    call('old link', 'guest', 1),
    call('anna', 'owner', 10),
  ]
  expect(whoMakesRoom(calls)?.name).toBe('new link')
})

it('[R37] the youngest viewer makes room where there is no guest', () => {
  expect(whoMakesRoom([call('Ben', 'viewer', 2), call('Cleo', 'viewer', 7)])?.name).toBe('Cleo')
})

it('[R37] no owner makes room, and nobody where there is nobody', () => {
  expect(whoMakesRoom([call('anna', 'owner', 1)])).toBeUndefined()
  expect(whoMakesRoom([])).toBeUndefined()
})
