import { beforeEach, describe, expect, it } from 'vitest'
import type { ViewerHangup } from '../../protocol/hangup.ts'
import { PROVEN_MS } from './hangups.ts'
import { NO_KEPT_CALLS } from './kept-calls.ts'
import { ANSWER, type Household, household, welcome } from './testing/household.ts'
import { CALL, DEVICE, GARDEN, PORCH } from './testing/samples.ts'

let home: Household
beforeEach(() => {
  home = household()
})

const calls = () => home.cloud.of('call')
const hangups = () => home.cloud.of('hangup')
const going = (call: string) => new Map([[PORCH, call]])
const hangupOf = (call: string): ViewerHangup => ({
  type: 'hangup',
  call,
  camera: PORCH,
  reason: 'viewer-left',
})

describe('a page that comes after another in the same tab', () => {
  const keep = (call: string) => home.viewer.regain({ going: going(call), hungUp: [] })

  it('[R48] calls again what that had, once it is welcomed', () => {
    keep(CALL)
    expect(calls()).toEqual([])
    home.start()
    expect(calls()).toMatchObject([{ camera: PORCH, replaces: CALL }])
    home.cloud.say(home.offer())
    home.peers.last.emit({ type: 'answered', sdp: ANSWER })
    home.viewer.firstFrame(home.call)
    expect(home.state().phase).toBe('playing')
  })

  it('finds what was kept: the call that plays, and nothing that the person has left', () => {
    home.play()
    home.viewer.call(GARDEN)
    expect([...home.kept.going.keys()]).toEqual([PORCH, GARDEN])
    home.viewer.leave(GARDEN)
    expect(home.kept.going).toEqual(going(calls()[0]?.call ?? ''))
    home.viewer.leave(PORCH)
    expect(home.kept.going.size).toBe(0)
  })

  it('finds the call that was lost while there is no other that was sent', () => {
    keep(CALL)
    expect(home.kept).toEqual({ going: going(CALL), hungUp: [] })
    home.start()
    expect(home.kept).toEqual({ going: going(home.call), hungUp: [hangupOf(CALL)] })
  })

  it('[R48] finds also what a call was to replace of which nothing was heard, to hang that up', () => {
    keep(CALL)
    home.start()
    expect(home.kept.hungUp).toEqual([hangupOf(CALL)])
    home.cloud.say(home.offer())
    expect(home.kept).toEqual({ going: going(home.call), hungUp: [] })
  })

  it('[R18] finds what the person has left until it is known to be heard', () => {
    home.play()
    const { call } = home
    home.viewer.leave(PORCH)
    expect(home.kept).toEqual({ going: new Map(), hungUp: [hangupOf(call)] })
    home.clock.advance(PROVEN_MS)
    home.cloud.say(welcome())
    expect(home.kept.hungUp).toEqual([hangupOf(call)])
    home.clock.advance(10_000)
    home.cloud.say(welcome())
    expect(home.kept).toEqual(NO_KEPT_CALLS)
  })

  it('[R18] hangs that up once more, and leaves it to the next page while nobody has heard it', () => {
    home.viewer.regain({ going: new Map(), hungUp: [hangupOf(CALL)] })
    expect(home.kept.hungUp).toEqual([hangupOf(CALL)])
    home.start()
    expect(hangups()).toEqual([hangupOf(CALL)])
    expect(calls()).toEqual([])
    home.clock.advance(15_000)
    home.cloud.say(welcome())
    expect(home.kept).toEqual(NO_KEPT_CALLS)
  })

  it('finds no more than the sixteen newest that were hung up', () => {
    const all = Array.from({ length: 17 }, (_, n) => hangupOf(String(n).padStart(22, '0')))
    home.viewer.regain({ going: new Map(), hungUp: all })
    expect(home.kept.hungUp).toEqual(all.slice(1))
  })

  it('finds what there was when the page was left, which hangs up all the same', () => {
    home.play()
    const { call } = home
    home.viewer.stop()
    expect(hangups()).toMatchObject([{ call, reason: 'viewer-left' }])
    expect(home.kept).toEqual({ going: going(call), hungUp: [] })
  })

  it('may be that same page, out of the browser’s cache', () => {
    home.play()
    const { call } = home
    home.viewer.stop()
    home.start()
    expect(calls().at(-1)).toMatchObject({ replaces: call })
  })

  it('makes one call of its own opening and of what was kept', () => {
    keep(CALL)
    home.viewer.call(PORCH)
    home.start()
    home.viewer.call(PORCH)
    expect(calls()).toMatchObject([{ replaces: CALL }])
  })

  it('[R43] calls no camera of a device that is not known here', () => {
    home.known.delete(DEVICE)
    keep(CALL)
    home.start()
    expect(calls()).toEqual([])
    expect(home.snapshot.regains.get(PORCH)).toEqual({ phase: 'off' })
  })
})
