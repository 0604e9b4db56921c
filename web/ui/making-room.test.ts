import { expect, it } from 'vitest'
import type { Watch } from '../../protocol/operations.ts'
import { makingRoom } from './making-room.ts'

const watch = (name: string, role: Watch['role'], startedAt: number, over: Partial<Watch> = {}): Watch => ({
  call: name,
  camera: 'd.porch',
  name,
  role,
  startedAt,
  ...over,
})

it('[R37] names the youngest guest, before any viewer', () => {
  const watches = [
    watch('Ben', 'viewer', 9),
    watch('old link', 'guest', 1),
    watch('new link', 'guest', 5),
    watch('anna', 'owner', 10),
  ]
  expect(makingRoom(watches)?.name).toBe('new link')
})

it('[R37] names the youngest viewer where there is no guest', () => {
  expect(makingRoom([watch('Ben', 'viewer', 2), watch('Cleo', 'viewer', 7)])?.name).toBe('Cleo')
})

it('[R37] names no owner, and nobody whose call is over', () => {
  expect(makingRoom([watch('anna', 'owner', 1)])).toBeNull()
  expect(makingRoom([watch('link', 'guest', 1, { endedAt: 2 })])).toBeNull()
  expect(makingRoom([])).toBeNull()
})
