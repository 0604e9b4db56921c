import { beforeEach, describe, expect, it } from 'vitest'
import type { ViewerHangup } from '../../protocol/hangup.ts'
import { Hangups, PROVEN_MS } from './hangups.ts'
import { type ManualClock, manualClock } from './testing/manual-clock.ts'
import { CALL, PORCH } from './testing/samples.ts'

const HANGUP: ViewerHangup = { type: 'hangup', call: CALL, camera: PORCH, reason: 'viewer-left' }
const numbered = (n: number): ViewerHangup => ({ ...HANGUP, call: String(n).padStart(22, '0') })

let clock: ManualClock
let isUp: boolean
let sent: ViewerHangup[]
let inDoubt: readonly ViewerHangup[]
let hangups: Hangups

beforeEach(() => {
  clock = manualClock()
  isUp = true
  sent = []
  inDoubt = []
  hangups = new Hangups({
    clock,
    isUp: () => isUp,
    send: (hangup) => sent.push(hangup),
    changed: () => {
      inDoubt = hangups.inDoubt
    },
  })
  hangups.heard()
})

function reconnect(): void {
  isUp = true
  hangups.linkUp()
}

describe('a hangup', () => {
  it('is said once over a connection that is heard of after it', () => {
    hangups.say(HANGUP)
    clock.advance(PROVEN_MS)
    hangups.heard()
    reconnect()
    clock.advance(60_000)
    reconnect()
    expect(sent).toEqual([HANGUP])
  })

  it('[R18] is said again over the next connection when nothing more was heard of the one before', () => {
    hangups.say(HANGUP)
    clock.advance(10 * 60_000)
    reconnect()
    expect(sent).toEqual([HANGUP, HANGUP])
  })

  it('is not believed to have come because of what was on its way already', () => {
    hangups.say(HANGUP)
    clock.advance(PROVEN_MS - 1)
    hangups.heard()
    reconnect()
    expect(sent).toEqual([HANGUP, HANGUP])
  })

  it('waits for the link, and is said once then', () => {
    isUp = false
    hangups.say(HANGUP)
    expect(sent).toEqual([])
    reconnect()
    clock.advance(PROVEN_MS)
    hangups.heard()
    reconnect()
    expect(sent).toEqual([HANGUP])
  })

  it('is kept on while one connection after the other dies', () => {
    hangups.say(HANGUP)
    for (let times = 2; times <= 4; times += 1) {
      clock.advance(60_000)
      reconnect()
      expect(sent).toHaveLength(times)
    }
  })

  it('[R18] is said again when the cloud fails, four times in all', () => {
    hangups.say(HANGUP)
    for (let times = 2; times <= 6; times += 1) {
      hangups.cloudFailed()
      hangups.cloudFailed()
      clock.advance(1_000)
      expect(sent).toHaveLength(Math.min(times, 4))
    }
  })

  it('counts as not said to a cloud that fails while there is no link', () => {
    isUp = false
    hangups.say(HANGUP)
    hangups.cloudFailed()
    clock.advance(1_000)
    reconnect()
    expect(sent).toEqual([HANGUP])
  })

  it('waits for the next link where that is lost before it can be said again', () => {
    hangups.say(HANGUP)
    hangups.cloudFailed()
    isUp = false
    clock.advance(1_000)
    expect(sent).toHaveLength(1)
    reconnect()
    expect(sent).toHaveLength(2)
  })

  it('of more than 15 s ago is not what the cloud has failed at', () => {
    hangups.say(HANGUP)
    clock.advance(15_000)
    hangups.cloudFailed()
    clock.advance(1_000)
    expect(sent).toEqual([HANGUP])
  })
})

it('tells what is in doubt: as long as it is unheard, and may be what the cloud fails at', () => {
  hangups.say(numbered(1))
  clock.advance(PROVEN_MS)
  hangups.say(numbered(2))
  expect(inDoubt).toEqual([numbered(1), numbered(2)])
  clock.advance(10_000)
  hangups.heard()
  expect(inDoubt).toEqual([numbered(2)])
  clock.advance(PROVEN_MS)
  hangups.heard()
  expect(inDoubt).toEqual([])
})

it('[R18] a hangup is kept once for each call', () => {
  isUp = false
  for (const n of [1, 2, 1]) hangups.say(numbered(n))
  reconnect()
  expect(sent).toEqual([numbered(2), numbered(1)])
})

it('of more hangups than 64 the newest are kept', () => {
  isUp = false
  for (let n = 0; n <= 64; n += 1) hangups.say(numbered(n))
  reconnect()
  expect(sent).toHaveLength(64)
  expect([sent[0], sent.at(-1)]).toEqual([numbered(1), numbered(64)])
})
