import { expect, it } from 'vitest'
import { boundsOfAll, hidesFor, mayLoseGoodbye, needsHello } from './bounds.ts'
import type { SoakFault } from './faults.ts'

const roll: SoakFault = { on: 'viewer', viewer: 1, how: 'roll-over' }
const ghost: SoakFault = { on: 'viewer', viewer: 1, how: 'ghost' }
const service = (fault: Extract<SoakFault, { on: 'service' }>['fault']): SoakFault => ({
  on: 'service',
  fault,
})
const drop = (direction: 'to-cloud' | 'to-client', type: string): SoakFault =>
  service({ kind: 'drop', direction, types: [type], count: 1 })
const dies = service({ kind: 'function', how: 'dies-before-post', count: 1, ms: 0 })

it('everything is right again within 10 s where the design names nothing longer', () => {
  const { pictures, presence, sessions } = boundsOfAll([roll, drop('to-cloud', 'call')])
  expect([pictures.ms, presence.ms, sessions.ms]).toEqual([10_000, 10_000, 10_000])
  expect(boundsOfAll([])).toEqual(boundsOfAll([roll]))
})

it('[R50] what is lost of a status is told 15 s later', () => {
  const { pictures, presence } = boundsOfAll([roll, drop('to-cloud', 'status')])
  expect([pictures.ms, presence.ms]).toEqual([10_000, 25_000])
})

it('[R22] a place that is kept for nobody lets nobody wait for a picture', () => {
  for (const fault of [ghost, drop('to-cloud', 'hangup'), service({ kind: 'post', how: 'void', count: 1 })]) {
    const { pictures, sessions } = boundsOfAll([roll, fault])
    expect(pictures.ms).toBeLessThanOrEqual(13_000)
    expect(sessions.ms).toBe(170_000)
  }
})

it('a burst has of each the longest bound of its faults', () => {
  expect(boundsOfAll([ghost, dies, roll])).toEqual({
    ...boundsOfAll([dies]),
    sessions: boundsOfAll([ghost]).sessions,
  })
})

it('a device’s line that died without a word may be found dead by what comes after it', () => {
  const close = (whose: 'device' | 'viewer', how: 'silent' | 'abort') =>
    hidesFor(service({ kind: 'close', whose, how, count: 1 }))
  expect(close('device', 'silent')).toBe(
    boundsOfAll([service({ kind: 'close', whose: 'device', how: 'silent', count: 1 })]).pictures.ms,
  )
  expect([close('device', 'abort'), close('viewer', 'silent'), hidesFor(roll)]).toEqual([0, 0, 0])
})

it('[R28] what was lost on the way to a viewer waits for its next hello', () => {
  expect(needsHello(drop('to-client', 'presence'))).toBe(true)
  expect(needsHello(drop('to-client', 'offer'))).toBe(false)
  expect(needsHello(drop('to-cloud', 'status'))).toBe(false)
  expect(needsHello(roll)).toBe(false)
  const posts = (['void', 'gone-late', 'throttled', 'failing'] as const).map((how) =>
    needsHello(service({ kind: 'post', how, count: 1 })),
  )
  expect(posts).toEqual([true, false, false, false])
})

it('the end of a connection at which the function dies is told to nobody while its device is away', () => {
  expect(needsHello(dies)).toBe(false)
  expect(mayLoseGoodbye(dies)).toBe(true)
  expect(mayLoseGoodbye(roll)).toBe(false)
})
