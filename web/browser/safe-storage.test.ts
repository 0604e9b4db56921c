import { expect, it } from 'vitest'
import { safeStorage } from './safe-storage.ts'

const forbidden = (): Storage => {
  throw new DOMException('The operation is insecure.', 'SecurityError')
}
const full = () =>
  ({
    setItem() {
      throw new DOMException('', 'QuotaExceededError')
    },
  }) as unknown as Storage

it.each([
  ['forbidden', forbidden],
  ['full', full],
])('a storage that is %s is one that lasts as long as the page', (_title, open) => {
  const storage = safeStorage(open)
  storage.setItem('a', '1')
  storage.setItem('b', '2')
  expect([storage.getItem('a'), storage.getItem('c'), storage.length]).toEqual(['1', null, 2])
  expect([storage.key(1), storage.key(2)]).toEqual(['b', null])
  storage.removeItem('a')
  expect(storage.getItem('a')).toBeNull()
})

it('one that works is used as it is, and left as it was', () => {
  const own = safeStorage(forbidden)
  own.setItem('a', '1')
  expect(safeStorage(() => own)).toBe(own)
  expect(own.length).toBe(1)
})
