import { beforeEach, describe, expect, it } from 'vitest'
import { ANSWER, type Household, household } from './testing/household.ts'
import { CALL, DEVICE, GARDEN, PORCH } from './testing/samples.ts'

let home: Household
beforeEach(() => {
  home = household()
})

const calls = () => home.cloud.of('call')

describe('a page that comes after another in the same tab', () => {
  const keep = (...calls: string[]) => home.viewer.regain(new Map([[PORCH, calls]]))

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
    expect([...home.kept.keys()]).toEqual([PORCH, GARDEN])
    home.viewer.leave(GARDEN)
    expect(home.kept).toEqual(new Map([[PORCH, [calls()[0]?.call]]]))
    home.viewer.leave(PORCH)
    expect(home.kept.size).toBe(0)
  })

  it('finds the call that was lost while there is no other that was sent', () => {
    keep(CALL)
    expect(home.kept).toEqual(new Map([[PORCH, [CALL]]]))
    home.start()
    expect(home.kept).toEqual(new Map([[PORCH, [home.call, CALL]]]))
  })

  it('[R48] finds also what a call was to replace of which nothing was heard, and hangs that up', () => {
    const [newest, older] = ['n', 'o'].map((letter) => letter.repeat(22)) as [string, string]
    keep(newest, older)
    home.start()
    expect(calls()).toMatchObject([{ replaces: newest }])
    expect(home.cloud.of('hangup')).toMatchObject([{ call: older, camera: PORCH, reason: 'viewer-left' }])
    expect(home.kept).toEqual(new Map([[PORCH, [home.call, newest, older]]]))
    home.cloud.say(home.offer())
    expect(home.kept).toEqual(new Map([[PORCH, [home.call]]]))
  })

  it('finds no more than four calls to a camera', () => {
    keep(...['1', '2', '3', '4', '5'].map((digit) => digit.repeat(22)))
    home.start()
    expect(home.kept.get(PORCH)).toHaveLength(4)
  })

  it('finds what there was when the page was left, which hangs up all the same', () => {
    home.play()
    const { call } = home
    home.viewer.stop()
    expect(home.cloud.of('hangup')).toMatchObject([{ call, reason: 'viewer-left' }])
    expect(home.kept).toEqual(new Map([[PORCH, [call]]]))
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
