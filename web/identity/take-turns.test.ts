import { beforeEach, describe, expect, it } from 'vitest'
import { type ManualClock, manualClock } from '../viewer/testing/manual-clock.ts'
import type { Renewal } from './issuer.ts'
import { inTurn, SETTLE_MS, type TurnPorts } from './take-turns.ts'
import { locksOfABrowser } from './testing/locks-of-a-browser.ts'

let clock: ManualClock
let locks: TurnPorts['locks']
/** What has been stored, and by which token the issuer was asked for it. */
let stored: string
let asked: string[]
let answers: Renewal['kind']

beforeEach(() => {
  clock = manualClock()
  locks = locksOfABrowser()
  stored = 'old'
  asked = []
  answers = 'held'
})

/** One more tab. It sees the storage as it was when it looked last: a change is on its way until it comes. */
function tab() {
  let seen = stored
  const changes = new EventTarget()
  const held = (token: string): Renewal => ({ kind: 'held', held: { token, goodUntil: 1, name: 'ann' } })
  async function renew(): Promise<Renewal> {
    if (seen !== 'old') return held(seen)
    asked.push(seen)
    await Promise.resolve()
    if (answers !== 'held') return { kind: answers }
    stored = `new ${asked.length}`
    seen = stored
    return held(seen)
  }
  return {
    renewed: inTurn({ locks, changes, clock }, () => seen !== 'old', renew),
    changeComes() {
      seen = stored
      changes.dispatchEvent(new Event('storage'))
    },
    /** Of another name. */
    changeOfAnother: () => changes.dispatchEvent(new Event('storage')),
  }
}

const isOver = async (promise: Promise<unknown>) =>
  Promise.race([promise.then(() => true), new Promise((resolve) => setImmediate(resolve, false))])

describe('two tabs with the same outdated token', () => {
  it('ask once, though what the first has stored comes to the second after the lock', async () => {
    const [first, second] = [tab(), tab()]
    expect(await first.renewed).toMatchObject({ held: { token: 'new 1' } })
    second.changeOfAnother()
    expect(await isOver(second.renewed)).toBe(false)
    second.changeComes()
    expect(await second.renewed).toMatchObject({ held: { token: 'new 1' } })
    expect(asked).toEqual(['old'])
  })

  it('ask one after the other when nothing comes for as long as a change may be on its way', async () => {
    const [first, second] = [tab(), tab()]
    await first.renewed
    expect(await isOver(second.renewed)).toBe(false)
    clock.advance(SETTLE_MS)
    expect(await second.renewed).toMatchObject({ held: { token: 'new 2' } })
  })

  it('do not wait for each other’s storage when the first had no answer', async () => {
    answers = 'unreachable'
    const [first, second] = [tab(), tab()]
    expect(await first.renewed).toEqual({ kind: 'unreachable' })
    expect(await second.renewed).toEqual({ kind: 'unreachable' })
    expect(asked).toHaveLength(2)
  })

  it('wait no longer than that for a tab that was frozen after its turn', async () => {
    const frozen = manualClock()
    const own = clock
    clock = frozen
    const first = tab()
    clock = own
    const second = tab()
    await first.renewed
    expect(await isOver(second.renewed)).toBe(false)
    own.advance(SETTLE_MS)
    expect(await second.renewed).toMatchObject({ held: { token: 'new 2' } })
  })
})

it('a tab alone asks at once', async () => {
  expect(await tab().renewed).toMatchObject({ held: { token: 'new 1' } })
})

it('in a browser without locks each tab asks for itself', async () => {
  locks = undefined
  const [first, second] = [tab(), tab()]
  await Promise.all([first.renewed, second.renewed])
  expect(asked).toHaveLength(2)
})
