import { expect, it } from 'vitest'
import type { PresenceState } from '../../protocol/presence.ts'
import { type Cameras, mergePresence, mergeWelcome } from './cameras.ts'
import { GARDEN, PORCH, visibleCamera } from './testing/samples.ts'

const known = mergeWelcome(new Map(), [visibleCamera({ since: 5_000 })])
const presence = (state: PresenceState, since: number, camera = PORCH) =>
  ({ type: 'presence', camera, state, since }) as const

it('[R25] every presence that comes later holds', () => {
  for (const state of ['online', 'busy', 'unreachable', 'offline', 'removed'] as const) {
    expect(mergePresence(known, presence(state, 5_001))?.get(PORCH)).toMatchObject({ state, since: 5_001 })
  }
})

it('[R25] of two presences the later one holds, in whatever order they come', () => {
  const inOrder = [presence('offline', 6_000), presence('busy', 7_000)]
  for (const order of [inOrder, inOrder.toReversed()]) {
    const after = order.reduce<Cameras>((cameras, word) => mergePresence(cameras, word) ?? cameras, known)
    expect(after.get(PORCH)).toMatchObject({ state: 'busy', since: 7_000 })
  }
})

it('[R10] a repeated presence changes nothing', () => {
  const once = mergePresence(known, presence('busy', 6_000))
  expect(once && mergePresence(once, presence('busy', 6_000))).toEqual(once)
})

it('[R25] a renamed camera keeps its state and its since, and is shown by its new name', () => {
  const renamed = { ...presence('online', 5_000), label: 'Front door' }
  const after = mergePresence(known, renamed) ?? known
  expect(after.get(PORCH)).toMatchObject({ label: 'Front door', state: 'online', since: 5_000 })
  expect(mergePresence(after, presence('busy', 6_000))?.get(PORCH)?.label).toBe('Front door')
  expect(mergePresence(after, { ...presence('busy', 4_999), label: 'Porch' })).toBe(after)
})

it('[R25] a presence that overtook the welcome holds against it, the label is the welcome’s', () => {
  const later = mergePresence(known, presence('offline', 9_000)) ?? known
  const after = mergeWelcome(later, [visibleCamera({ since: 8_000, label: 'Front door' })])
  expect(after.get(PORCH)).toMatchObject({ state: 'offline', since: 9_000, label: 'Front door' })
})

it('[R25] a camera that a welcome does not list is removed, and comes back with one that does', () => {
  const gone = mergeWelcome(known, [])
  expect(gone.get(PORCH)?.state).toBe('removed')
  expect(mergeWelcome(gone, [visibleCamera({ since: 5_000 })]).get(PORCH)?.state).toBe('online')
})

it('[R25] a removed camera is not brought back by an older word', () => {
  const removed = mergePresence(known, presence('removed', 9_000)) ?? known
  expect(mergePresence(removed, presence('online', 8_000))?.get(PORCH)?.state).toBe('removed')
})

it('[R26] a camera that is not known cannot be shown, and one that is gone need not be', () => {
  expect(mergePresence(known, presence('online', 1, GARDEN))).toBeNull()
  expect(mergePresence(known, presence('removed', 1, GARDEN))).toBe(known)
})
