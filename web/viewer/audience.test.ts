import { expect, it, vi } from 'vitest'
import type { Watch } from '../../protocol/operations.ts'
import { Audience } from './audience.ts'

it('a list of watchers without an end is given up, and what it told is shown', async () => {
  const watch: Watch = { call: 'c', camera: 'd.porch', name: 'Ben', role: 'viewer', startedAt: 1 }
  let asked = 0
  const ask = () => {
    asked += 1
    if (asked > 1_000) throw new Error('asked without an end')
    return Promise.resolve({ kind: 'done' as const, answer: { watchers: [watch], cursor: 'again' } })
  }
  const changed = vi.fn()
  await new Audience({ ask, isOwn: () => false, changed }).list()
  expect(asked).toBeLessThan(100)
  expect(changed).toHaveBeenLastCalledWith(new Map([['d.porch', [watch]]]))
})
