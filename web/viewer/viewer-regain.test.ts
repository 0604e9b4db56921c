import { beforeEach, describe, expect, it } from 'vitest'
import { LONG_REST_MS } from './regain/regain-session.ts'
import { type Household, household } from './testing/household.ts'
import { CALL, PORCH } from './testing/samples.ts'

let home: Household
beforeEach(() => {
  home = household()
})

const regain = () => home.snapshot.regains.get(PORCH)
const calls = () => home.cloud.of('call')
const say = (state: 'online' | 'offline' | 'busy', since: number) =>
  home.cloud.say({ type: 'presence', camera: PORCH, state, since })

/** Brings the picture of the newest call. */
function answer(): void {
  home.cloud.say(home.offer())
  home.answer()
  home.viewer.firstFrame(home.call)
}

/** The picture is lost, and the call in its place is answered: only its picture is missing. */
function loseAndAnswer(): void {
  home.play()
  home.peers.last.emit({ type: 'connection-failed' })
  home.cloud.say(home.offer())
  home.answer()
}

/** The link is lost, and with it nothing but the link. */
function reconnect(): void {
  home.cloud.close()
  home.clock.advance(1)
  home.cloud.accept()
}

describe('a picture that stands still', () => {
  it('[R48] is called again after five seconds, in the place of the call that it was', () => {
    home.play()
    const first = home.call
    home.clock.advance(500)
    home.peers.last.freeze(true)
    home.clock.advance(4_999)
    expect(home.state().phase).toBe('playing')
    home.clock.advance(1)
    expect(home.cloud.of('hangup')).toMatchObject([{ call: first, reason: 'media-lost' }])
    expect(calls().at(-1)).toMatchObject({ camera: PORCH, replaces: first })
    expect(regain()).toMatchObject({ phase: 'calling', lost: first, why: 'broke-off' })
    expect(home.peers.peers[0]?.told.at(-1)).toBe('close')
    answer()
    expect(home.state().phase).toBe('playing')
    expect(regain()).toMatchObject({ phase: 'holding', call: home.call })
  })

  it('is called once more when no picture comes within seven seconds', () => {
    loseAndAnswer()
    const { call } = home
    home.clock.advance(6_999)
    expect(home.call).toBe(call)
    home.clock.advance(8_000)
    expect(home.call).not.toBe(call)
  })

  it('has seven seconds more once there is a path, as over a slow network', () => {
    loseAndAnswer()
    const { call } = home
    home.clock.advance(6_000)
    home.peers.last.emit({ type: 'connected' })
    home.clock.advance(6_999)
    expect([home.call, home.state().phase]).toEqual([call, 'connecting'])
    home.clock.advance(1)
    expect(home.call).not.toBe(call)
  })

  it('is told by the connection at once', () => {
    home.play()
    const first = home.call
    home.peers.last.emit({ type: 'connection-failed' })
    expect(home.cloud.of('hangup')).toMatchObject([{ reason: 'media-lost' }])
    expect(calls().at(-1)).toMatchObject({ replaces: first })
  })

  it('is not called again and again where the browser waits for a tap that does not come', () => {
    loseAndAnswer()
    home.peers.last.emit({ type: 'connected' })
    home.viewer.playBlocked(home.call)
    home.clock.advance(60 * 60_000)
    expect(home.state()).toMatchObject({ phase: 'failed', failure: { code: 'not-started' } })
    expect(regain()).toEqual({ phase: 'off' })
    expect(calls()).toHaveLength(2)
  })

  it('before its first frame is no loss but a failure', () => {
    home.connect()
    home.peers.last.emit({ type: 'connection-failed' })
    expect(home.state()).toMatchObject({ phase: 'failed', failure: { code: 'no-path' } })
    home.clock.advance(60_000)
    expect(calls()).toHaveLength(1)
  })
})

describe('[R48] a call whose host is gone', () => {
  it.each(['camera-closed', 'connector-restarted', 'viewer-silent'])('by %s is made again', (reason) => {
    home.play()
    const first = home.call
    home.cloud.say({ type: 'hangup', call: first, reason })
    expect(home.call).not.toBe(first)
    expect(calls().at(-1)).toMatchObject({ replaces: first })
    expect(home.cloud.of('hangup')).toEqual([])
  })

  it.each(['taken-over', 'access-revoked', 'called-again'])('by %s is not', (reason) => {
    home.play()
    home.cloud.say({ type: 'hangup', call: home.call, reason })
    home.clock.advance(60 * 60_000)
    expect(home.state()).toMatchObject({ phase: 'ended', reason })
    expect(regain()).toEqual({ phase: 'off' })
    expect(calls()).toHaveLength(1)
  })

  it('is made again and again, with pauses that end, and always in the place of the one that played', () => {
    home.setRandom(0.999)
    home.play()
    const first = home.call
    home.clock.advance(60_000)
    home.cloud.say({ type: 'hangup', call: first, reason: 'camera-closed' })
    const pauses: number[] = []
    for (let attempt = 0; attempt < 7; attempt += 1) {
      const made = calls().length
      home.cloud.say({ type: 'error', code: 'camera-closed', call: home.call })
      const since = home.clock.now()
      while (calls().length === made) home.clock.advance(1)
      pauses.push(home.clock.now() - since)
    }
    expect(pauses).toEqual([999, 1_998, 3_996, 7_992, 7_992, 7_992, 7_992])
    expect(
      new Set(
        calls()
          .slice(1)
          .map(({ replaces }) => replaces),
      ),
    ).toEqual(new Set([first]))
    answer()
    expect(home.state().phase).toBe('playing')
  })

  it('waits for the camera to be there, and calls it in that moment', () => {
    home.play()
    say('offline', 2_000)
    expect(home.state().phase).toBe('playing')
    home.cloud.say({ type: 'hangup', call: home.call, reason: 'camera-closed' })
    expect(regain()).toMatchObject({ phase: 'waiting', why: 'camera-away' })
    expect(calls()).toHaveLength(1)
    say('online', 3_000)
    expect(calls()).toHaveLength(2)
  })

  it('tries now and then a camera of which nobody says that it is back', () => {
    home.play()
    say('offline', 2_000)
    home.cloud.say({ type: 'hangup', call: home.call, reason: 'camera-closed' })
    home.clock.advance(5_000)
    home.cloud.accept()
    home.clock.advance(LONG_REST_MS)
    expect(calls()).toHaveLength(2)
    home.cloud.say({ type: 'error', code: 'camera-offline', call: home.call })
    expect(regain()).toMatchObject({ phase: 'waiting', why: 'camera-away' })
  })

  it('waits for the link, and goes out with the welcome', () => {
    home.play()
    const first = home.call
    home.cloud.close()
    home.peers.last.emit({ type: 'connection-failed' })
    expect(regain()).toMatchObject({ phase: 'waiting', why: 'no-link' })
    home.clock.advance(1)
    home.cloud.accept()
    expect(home.cloud.of('hangup')).toMatchObject([{ call: first, reason: 'media-lost' }])
    expect(calls().at(-1)).toMatchObject({ replaces: first })
  })

  it('is over when the person leaves', () => {
    home.play()
    home.cloud.say({ type: 'hangup', call: home.call, reason: 'camera-closed' })
    home.viewer.leave(PORCH)
    home.clock.advance(60_000)
    expect(home.state()).toEqual({ phase: 'idle' })
    expect(calls()).toHaveLength(2)
  })

  it('[R37] may be helped by an owner who takes over', () => {
    home.play()
    const first = home.call
    home.cloud.say({ type: 'hangup', call: first, reason: 'camera-closed' })
    home.cloud.say({ type: 'error', code: 'camera-busy', call: home.call })
    expect(regain()).toMatchObject({ phase: 'resting', why: 'camera-busy' })
    home.viewer.call(PORCH, true)
    expect(calls().at(-1)).toMatchObject({ takeOver: true, replaces: first })
    expect(regain()).toMatchObject({ phase: 'calling' })
  })

  it('repeats whose place it takes until the host has offered', () => {
    home.play()
    const first = home.call
    home.peers.last.emit({ type: 'connection-failed' })
    reconnect()
    expect(calls().map(({ replaces }) => replaces)).toEqual([undefined, first, first])
  })
})

describe('a page that nobody looks at', () => {
  it('frees the camera, and calls again when somebody does', () => {
    home.play()
    const first = home.call
    home.viewer.look(false)
    expect(home.cloud.of('hangup')).toMatchObject([{ call: first, reason: 'viewer-away' }])
    expect(home.peers.last.told.at(-1)).toBe('close')
    home.clock.advance(60 * 60_000)
    reconnect()
    expect(calls()).toHaveLength(1)
    home.viewer.look(true)
    expect(calls().at(-1)).toMatchObject({ replaces: first })
  })
})

describe('[R49] asked whether somebody still sits there', () => {
  const ask = (call: string) => home.cloud.say({ type: 'alive', call, camera: PORCH })

  it('says so of a call that runs, at once and each time', () => {
    home.play()
    ask(home.call)
    ask(home.call)
    expect(home.cloud.of('alive')).toEqual(Array(2).fill({ type: 'alive', call: home.call, camera: PORCH }))
  })

  it('hangs up what it does not have, or has no more', () => {
    ask(CALL)
    home.play()
    const first = home.call
    home.peers.last.emit({ type: 'connection-failed' })
    ask(first)
    const hangups = home.cloud.of('hangup').map(({ call, reason }) => [call, reason])
    expect(hangups).toEqual([
      [first, 'media-lost'],
      [first, 'viewer-left'],
    ])
    expect(home.cloud.of('alive')).toEqual([])
  })
})

it('a change of the network makes a picture lost that stands for a second and a half', () => {
  home.play()
  home.clock.advance(5_000)
  home.viewer.wake('network')
  home.peers.last.freeze(true)
  home.clock.advance(1_499)
  expect(calls()).toHaveLength(1)
  home.clock.advance(1)
  expect(calls()).toHaveLength(2)
})
