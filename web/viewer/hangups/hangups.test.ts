import { beforeEach, describe, expect, it } from 'vitest'
import type { ViewerHangup } from '../../../protocol/hangup.ts'
import { type ManualClock, manualClock } from '../testing/manual-clock.ts'
import { CALL, PORCH } from '../testing/samples.ts'
import { Hangups } from './hangups.ts'

const HANGUP: ViewerHangup = { type: 'hangup', call: CALL, camera: PORCH, reason: 'viewer-left' }

let clock: ManualClock
let link: 'down' | 'doubtful' | 'sure'
let sent: ViewerHangup[]
let hangups: Hangups

beforeEach(() => {
  clock = manualClock()
  link = 'sure'
  sent = []
  hangups = new Hangups({
    clock,
    isUp: () => link !== 'down',
    isDoubtful: () => link === 'doubtful',
    send: (hangup) => {
      if (link !== 'down') sent.push(hangup)
    },
  })
})

describe('a hangup', () => {
  it('is said once over a link that nothing is wrong with', () => {
    hangups.say(HANGUP)
    hangups.linkUp()
    clock.advance(60_000)
    expect(sent).toEqual([HANGUP])
  })

  it('waits for the link, and is said once then', () => {
    link = 'down'
    hangups.say(HANGUP)
    expect(sent).toEqual([])
    link = 'sure'
    hangups.linkUp()
    hangups.linkUp()
    expect(sent).toEqual([HANGUP])
  })

  it('that may have been lost is said again over the next connection', () => {
    link = 'doubtful'
    hangups.say(HANGUP)
    expect(sent).toEqual([HANGUP])
    link = 'sure'
    hangups.linkUp()
    expect(sent).toEqual([HANGUP, HANGUP])
  })

  it('is kept on while each next connection is in doubt as well', () => {
    link = 'doubtful'
    hangups.say(HANGUP)
    for (let times = 2; times <= 4; times += 1) {
      hangups.linkUp()
      expect(sent).toHaveLength(times)
    }
  })

  it('is not said again once the connection in doubt has answered', () => {
    link = 'doubtful'
    hangups.say(HANGUP)
    hangups.linkProven()
    hangups.linkUp()
    expect(sent).toEqual([HANGUP])
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
    link = 'down'
    hangups.say(HANGUP)
    hangups.cloudFailed()
    clock.advance(1_000)
    link = 'sure'
    hangups.linkUp()
    expect(sent).toEqual([HANGUP])
  })

  it('of more than 15 s ago is not what the cloud has failed at', () => {
    hangups.say(HANGUP)
    clock.advance(15_000)
    hangups.cloudFailed()
    clock.advance(1_000)
    expect(sent).toEqual([HANGUP])
  })
})
