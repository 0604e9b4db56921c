import { describe, expect, test } from 'vitest'
import { device, id, sdp, startSwitchboard } from '../testing/start-switchboard.ts'
import { WITH_OFFER_MS } from './outgoing-candidates.ts'

const ask = (n: number, name = 'porch') => ({ type: 'alive', call: id(n), camera: `${device}.${name}` })
const busy = (n: number) => ({ type: 'error', code: 'camera-busy', call: id(n) })
const hungUp = (n: number, reason: string) => ({ type: 'hangup', call: id(n), reason })
const guest = { who: 'link', role: 'guest', link: { grant: 'G'.repeat(22), max: 1 } } as const

/** One call at the porch that plays, as far as signalling can tell. */
async function oneThatPlays() {
  const home = await startSwitchboard(1)
  home.call(1)
  home.porch.sessions[0]?.report({ type: 'connected' })
  home.porch.sessions[0]?.report({ type: 'offer', sdp })
  home.clock.advance(WITH_OFFER_MS)
  home.answer(1)
  home.sent.length = 0
  return home
}

describe('[R49] a full camera', () => {
  test.each(['alive', 'resume', 'answer'] as const)('is busy once its sitter has said %s', async (word) => {
    const home = await oneThatPlays()
    home.call(2)
    expect(home.sent).toEqual([ask(1)])
    expect(home.states().porch).toBe('busy')
    home[word](1)
    expect(home.sent).toEqual([ask(1), busy(2)])
    home.clock.advance(10_000)
    expect(home.running()).toEqual([id(1)])
  })

  test('is busy once its sitter has called again', async () => {
    const home = await oneThatPlays()
    home.call(2)
    home.call(1)
    expect(home.sent).toContainEqual(busy(2))
  })

  test('is free after 3 s without an answer, and the caller plays there once it has really let go', async () => {
    const home = await oneThatPlays()
    home.call(2)
    home.call(2)
    home.clock.advance(2_999)
    expect(home.running()).toEqual([id(1)])
    expect(home.sent).toEqual([ask(1), ask(1)])
    home.clock.advance(1)
    expect(home.sent.at(-1)).toEqual(hungUp(1, 'viewer-silent'))
    expect(home.running()).toEqual([id(2)])
    expect(home.porch.sessions).toHaveLength(1)
    home.porch.sessions[0]?.report({ type: 'closed', detail: '' })
    home.porch.sessions[1]?.report({ type: 'connected' })
    home.porch.sessions[1]?.report({ type: 'offer', sdp })
    home.clock.advance(WITH_OFFER_MS)
    expect(home.sent.at(-1)).toMatchObject({ type: 'offer', call: id(2) })
  })

  test('asks a sitter that has not answered its offer yet as well', async () => {
    const home = await startSwitchboard(1)
    home.call(1)
    home.call(2)
    home.clock.advance(3_000)
    expect(home.running()).toEqual([id(2)])
  })

  test('serves who came first, and the next waits for that one', async () => {
    const home = await oneThatPlays()
    home.call(2)
    home.call(3)
    home.clock.advance(3_000)
    expect(home.running()).toEqual([id(2)])
    expect(home.sent.at(-1)).toEqual(ask(2))
    home.alive(2)
    expect(home.sent.at(-1)).toEqual(busy(3))
  })

  test('is free at once when the sitter leaves, or a question finds that its call is no more', async () => {
    for (const end of ['hangup', 'error'] as const) {
      const home = await oneThatPlays()
      home.call(2)
      if (end === 'hangup') home.hangup(1)
      else home.board.take({ type: 'error', code: 'unknown-call', call: id(1) })
      expect(home.running()).toEqual([id(2)])
    }
  })

  test('is not given to a caller that has left meanwhile', async () => {
    const home = await oneThatPlays()
    home.call(2)
    home.hangup(2)
    home.clock.advance(10_000)
    expect(home.running()).toEqual([id(1)])
    expect(home.clock.waiting()).not.toContain(0)
    home.call(2)
    expect(home.sent.at(-1)).toEqual(hungUp(2, 'viewer-left'))
  })

  test('that the cloud says nothing about for a while loses nobody', async () => {
    const home = await oneThatPlays()
    home.call(2)
    home.board.linkChanged(false)
    home.clock.advance(600_000)
    expect(home.running()).toEqual([id(1)])
    home.board.linkChanged(true)
    expect(home.sent.at(-1)).toEqual(ask(1))
    home.alive(1)
    expect(home.sent.at(-1)).toEqual(busy(2))
  })

  test('lets an owner take over without a question, and who waited goes on waiting', async () => {
    const home = await startSwitchboard(1)
    home.call(1, 'porch', guest)
    home.call(2)
    expect(home.sent).toEqual([ask(1)])
    home.call(3, 'porch', { takeOver: true })
    expect(home.running()).toEqual([id(3)])
    expect(home.sent).toEqual([ask(1), hungUp(1, 'taken-over'), ask(3)])
    home.alive(3)
    expect(home.sent.at(-1)).toEqual(busy(2))
  })
})

test('[R49] [R35] a full link asks its guests, wherever they watch', async () => {
  const home = await startSwitchboard(2)
  home.call(1, 'garden', guest)
  home.call(2)
  home.call(3, 'porch', guest)
  expect(home.sent).toEqual([ask(1, 'garden')])
  home.clock.advance(3_000)
  expect(home.running()).toEqual([id(2), id(3)])
})

describe('[R48] a call that replaces another', () => {
  test('ends it without a word to its viewer, and has its place also at a full camera', async () => {
    const home = await oneThatPlays()
    home.call(2, 'porch', { replaces: id(1) })
    expect(home.sent).toEqual([])
    expect(home.running()).toEqual([id(2)])
    expect(home.lines).toContain('call-ended called-again')
    expect(home.porch.sessions.map(({ told }) => told.at(-1))).toEqual([['hangup']])
    home.porch.sessions[0]?.report({ type: 'closed', detail: '' })
    expect(home.porch.sessions).toHaveLength(2)
    home.call(2, 'porch', { replaces: id(1) })
    expect(home.porch.sessions).toHaveLength(2)
    expect(home.running()).toEqual([id(2)])
  })

  test('gets the place although another waits for it', async () => {
    const home = await oneThatPlays()
    home.call(2)
    home.call(3, 'porch', { replaces: id(1) })
    expect(home.running()).toEqual([id(3)])
    home.alive(3)
    expect(home.sent.at(-1)).toEqual(busy(2))
  })

  test('does nothing to somebody else’s, nor at another camera', async () => {
    const home = await startSwitchboard(2)
    home.call(1)
    home.call(2, 'porch', { replaces: id(1), who: 'somebody-else' })
    home.call(3, 'garden', { replaces: id(1) })
    home.call(4, 'garden', { replaces: id(4) })
    expect(home.running()).toEqual([id(1), id(2), id(3), id(4)])
    home.call(2, 'porch', { replaces: id(1) })
    expect(home.sent).toEqual([{ type: 'error', code: 'call-taken', call: id(2) }])
    expect(home.running()).toHaveLength(4)
  })

  test('keeps it from opening the camera when it was overtaken', async () => {
    const home = await startSwitchboard(2)
    home.call(2, 'porch', { replaces: id(1) })
    home.call(1)
    expect(home.running()).toEqual([id(2)])
    expect(home.sent).toEqual([hungUp(1, 'called-again')])
    home.call(4, 'porch', { replaces: id(3) })
    home.hangup(2)
    home.call(3, 'porch', { who: 'somebody-else' })
    expect(home.running()).toEqual([id(4), id(3)])
  })

  test('that waits: the older waits no more', async () => {
    const home = await oneThatPlays()
    home.call(2, 'porch', { who: 'v' })
    home.call(4, 'porch', { who: 'w' })
    home.call(3, 'porch', { who: 'v', replaces: id(2) })
    home.call(5, 'porch', { who: 'v', replaces: id(4) })
    home.clock.advance(3_000)
    expect(home.running()).toEqual([id(4)])
    home.hangup(4)
    expect(home.running()).toEqual([id(3)])
    home.call(2, 'porch', { who: 'v' })
    expect(home.sent.at(-1)).toEqual(hungUp(2, 'called-again'))
  })
})

describe('[R47] a viewer that has missed the end of its call', () => {
  test.each(['alive', 'resume', 'answer'] as const)('is told it again when it says %s', async (word) => {
    const home = await oneThatPlays()
    home.porch.sessions[0]?.report({ type: 'closed', detail: '' })
    home[word](1)
    home[word](1)
    const end = hungUp(1, 'camera-closed')
    expect(home.sent).toEqual([end, end, end])
    home.hangup(1)
    expect(home.sent).toHaveLength(3)
  })

  test('[R24] also when the cloud has ended it', async () => {
    const home = await oneThatPlays()
    home.board.endedInCloud([id(1)])
    expect(home.sent).toEqual([])
    home.alive(1)
    expect(home.sent).toEqual([hungUp(1, 'ended-in-cloud')])
  })
})

test('stopping sends away who waits as well, and takes nobody any more', async () => {
  const home = await oneThatPlays()
  home.call(2)
  home.call(3)
  void home.board.stop()
  const why = 'connector-stopped'
  expect(home.sent).toEqual([ask(1), hungUp(2, why), hungUp(3, why), hungUp(1, why)])
  home.call(4)
  expect(home.running()).toEqual([])
  expect(home.clock.waiting()).toEqual([])
})

test('[R41] unpaired, nobody waits any more, and nothing is said to the cloud', async () => {
  const home = await oneThatPlays()
  home.call(2)
  home.board.unpaired()
  expect(home.running()).toEqual([])
  expect(home.sent).toEqual([ask(1)])
  expect(home.porch.sessions).toHaveLength(1)
})
