import { expect, it } from 'vitest'
import type { SoakFault } from './faults.ts'
import { judgePress } from './judge-press.ts'

const press = (why: string | null, times = 1) => ({ viewer: 4, camera: 'attic', why, times })
const cold: SoakFault = { on: 'service', fault: { kind: 'function', how: 'cold', count: 1, ms: 0 } }
const silent = (whose: 'device' | 'viewer'): SoakFault => ({
  on: 'service',
  fault: { kind: 'close', whose, how: 'silent', count: 1 },
})
const frozen = (forMs: number): SoakFault => ({ on: 'connector', connector: 1, how: 'freeze', forMs })

it.each<[string, SoakFault]>([
  ['camera-offline', { on: 'connector', connector: 1, how: 'kill', forMs: 1 }],
  ['camera-unreachable', { on: 'camera', camera: 2, how: 'kill', forMs: 1 }],
  ['camera-busy', { on: 'camera', camera: 2, how: 'away' }],
  ['camera-offline', { on: 'cloud', how: 'kill', forMs: 1 }],
  ['camera-offline', cold],
  // Somebody was there first.
  ['camera-busy', { on: 'knocker', camera: 2, forMs: 1 }],
  // Longer than a call is repeated.
  ['no-reply', frozen(20_000)],
  // Which the connector notices after 45 s.
  ['no-reply', silent('device')],
])('somebody may have to press after %s when %j was to blame', (why, fault) => {
  expect(judgePress(press(why), [fault])).toBeNull()
})

it.each<[string | null, SoakFault]>([
  ['camera-offline', { on: 'connector', connector: 0, how: 'kill', forMs: 1 }],
  ['camera-offline', { on: 'connector', connector: 1, how: 'roll-over' }],
  ['camera-offline', { on: 'camera', camera: 3, how: 'away' }],
  ['camera-busy', { on: 'knocker', camera: 3, forMs: 1 }],
  ['camera-offline', { on: 'knocker', camera: 2, forMs: 1 }],
  ['camera-busy', { on: 'viewer', viewer: 4, how: 'reload' }],
  ['no-reply', cold],
  ['no-reply', frozen(19_000)],
  ['no-reply', silent('viewer')],
  [null, cold],
  [null, frozen(20_000)],
])('nobody may have to press after %s for %j', (why, fault) => {
  expect(judgePress(press(why), [fault])).toContain('viewer 4')
  expect(judgePress(press(why), [fault])).toContain(why ?? 'no call')
})

it('nobody may have to press a third time for one burst, whatever is to blame', () => {
  expect(judgePress(press('camera-offline', 2), [cold])).toBeNull()
  expect(judgePress(press('camera-offline', 3), [cold])).toContain('time 3')
})

it('somebody may have to press again at a page that was reloaded after its call had failed', () => {
  const reload = (viewer: number): SoakFault => ({ on: 'viewer', viewer, how: 'reload' })
  expect(judgePress(press(null), [cold, reload(4)])).toBeNull()
  expect(judgePress(press(null), [cold, reload(5)])).toContain('no call')
  expect(judgePress(press(null), [reload(4)])).toContain('no call')
})
