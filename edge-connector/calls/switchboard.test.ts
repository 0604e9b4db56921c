import { expect, test } from 'vitest'
import { device, id, sdp, startSwitchboard } from '../testing/start-switchboard.ts'
import { WITH_OFFER_MS } from './outgoing-candidates.ts'

test('each call has a session of its own, and what one camera says reaches its own viewer alone', async () => {
  const { porch, garden, clock, sent, call } = await startSwitchboard()
  call(1)
  call(2)
  call(3, 'garden')
  expect(porch.sessions).toHaveLength(2)
  expect(garden.sessions).toHaveLength(1)
  porch.sessions[1]?.report({ type: 'connected' })
  porch.sessions[1]?.report({ type: 'offer', sdp })
  clock.advance(WITH_OFFER_MS)
  const signature = `signature of ${id(2)}`
  expect(sent).toEqual([{ type: 'offer', call: id(2), sdp, signature, candidates: [] }])
})

test('[R20] a full camera is busy for one more, ready again after a hangup, and its calls go on', async () => {
  const { porch, sent, call, hangup, alive, states, board } = await startSwitchboard(2)
  call(1)
  expect(states()).toEqual({ porch: 'ready', garden: 'ready' })
  call(2)
  expect(states()).toEqual({ porch: 'busy', garden: 'ready' })
  call(3)
  alive(1)
  alive(2)
  expect(sent.at(-1)).toEqual({ type: 'error', code: 'camera-busy', call: id(3) })
  expect(board.calls()).toHaveLength(2)
  hangup(1)
  expect(states()).toEqual({ porch: 'ready', garden: 'ready' })
  expect(porch.sessions[0]?.told).toEqual([['hangup']])
  expect(porch.sessions[1]?.told).toEqual([])
})

test('[R12] a repeated call makes no second session', async () => {
  const { porch, call } = await startSwitchboard()
  call(1)
  call(1)
  expect(porch.sessions).toHaveLength(1)
})

test('[R13] [R18] a call that has ended is answered with its end, and takes no feed', async () => {
  const { porch, sent, call, hangup } = await startSwitchboard()
  call(1)
  porch.sessions[0]?.report({ type: 'failed', code: 'camera-password', detail: 'HTTP 401' })
  hangup(1)
  call(1)
  const ending = { type: 'error', code: 'camera-password', call: id(1), detail: 'HTTP 401' }
  expect(sent).toEqual([ending, ending])
  expect(porch.sessions).toHaveLength(1)
})

test('[R10] a hangup that overtakes its call is not forgotten: the call takes no feed', async () => {
  const { porch, sent, call, hangup } = await startSwitchboard()
  hangup(1)
  call(1)
  expect(porch.sessions).toHaveLength(0)
  expect(sent).toEqual([{ type: 'hangup', call: id(1), reason: 'viewer-left' }])
})

test('[R14] [R18] a message of no call is answered unknown-call, one of an ended call is dropped', async () => {
  const { sent, board, call, hangup } = await startSwitchboard()
  const camera = `${device}.porch`
  board.take({ type: 'answer', call: id(1), camera, sdp, candidates: [] })
  expect(sent).toEqual([{ type: 'error', code: 'unknown-call', call: id(1) }])
  board.take({ type: 'error', code: 'peer-gone', call: id(2) })
  call(3)
  hangup(3)
  board.take({ type: 'alive', call: id(3), camera })
  board.take({ type: 'candidates', call: id(3), camera, candidates: [] })
  expect(sent).toHaveLength(1)
})

test('a camera that a call could not reach is unreachable, until one is answered', async () => {
  const { porch, call, states } = await startSwitchboard()
  expect(states().porch).toBe('ready')
  call(1)
  porch.sessions[0]?.report({ type: 'failed', code: 'camera-unreachable', detail: '' })
  expect(states().porch).toBe('unreachable')
  call(2)
  porch.sessions[1]?.report({ type: 'connected' })
  expect(states().porch).toBe('ready')
})

test.each(['camera-unreachable', 'camera-closed'])(
  'a viewer that hangs up with %s says nothing of the camera: it stays ready and is not looked for',
  async (reason) => {
    const { porch, board, call, states } = await startSwitchboard()
    call(1)
    call(2)
    board.take({ type: 'hangup', call: id(1), reason })
    board.take({ type: 'error', call: id(2), code: reason })
    expect(board.calls()).toEqual([])
    expect(states().porch).toBe('ready')
    expect(porch.probes).toBe(1)
  },
)

test('a camera that closed a call is looked for', async () => {
  const { porch, call } = await startSwitchboard()
  call(1)
  porch.sessions[0]?.report({ type: 'closed', detail: '' })
  expect(porch.probes).toBe(2)
})

test('[R21] a camera that does not even refuse is given up after 4 s', async () => {
  const { porch, clock, sent, call, states } = await startSwitchboard()
  call(1)
  clock.advance(3_999)
  expect(sent).toEqual([])
  clock.advance(1)
  expect(sent).toMatchObject([{ type: 'error', code: 'camera-unreachable' }])
  expect(porch.sessions[0]?.told).toEqual([['hangup']])
  expect(states().porch).toBe('unreachable')
})

test('[R24] a lost link to the cloud ends no call', async () => {
  const { porch, board, clock, call } = await startSwitchboard()
  call(1)
  porch.sessions[0]?.report({ type: 'connected' })
  porch.sessions[0]?.report({ type: 'offer', sdp })
  clock.advance(WITH_OFFER_MS)
  board.take({ type: 'answer', call: id(1), camera: `${device}.porch`, sdp, candidates: [] })
  board.linkChanged(false)
  clock.advance(86_400_000)
  expect(board.calls().map((live) => live.phase())).toEqual(['answered'])
  board.linkChanged(true)
  clock.advance(150_000)
  expect(board.calls()).toEqual([])
})

test('[R24] a call that ended while the link was down is hung up at its camera without a word, and no other', async () => {
  const { porch, garden, board, call, sent, lines } = await startSwitchboard()
  call(1)
  call(2)
  board.linkChanged(false)
  board.endedInCloud([id(1), id(9)])
  board.linkChanged(true)
  expect(board.calls().map((live) => live.id)).toEqual([id(2)])
  expect(porch.sessions.map(({ told }) => told)).toEqual([[['hangup']], []])
  expect(garden.sessions).toEqual([])
  expect(sent).toEqual([])
  expect(lines).toContain('call-ended ended-in-cloud')
  call(9)
  expect(board.calls().map((live) => live.id)).toEqual([id(2), id(9)])
})

const guest = { who: 'link', role: 'guest', link: { grant: 'G'.repeat(22), max: 1 } } as const

test('[R37] an owner takes the place of a guest, whose feed is waited for', async () => {
  const { porch, sent, clock, call, board, states } = await startSwitchboard(1)
  call(1, 'porch', guest)
  porch.sessions[0]?.report({ type: 'connected' })
  call(2, 'porch', { takeOver: true })
  expect(sent).toEqual([{ type: 'hangup', call: id(1), reason: 'taken-over' }])
  expect(porch.sessions[0]?.told).toEqual([['hangup']])
  expect(porch.sessions).toHaveLength(1)
  expect(board.calls().map((live) => live.id)).toEqual([id(2)])
  expect(states().porch).toBe('busy')
  porch.sessions[0]?.report({ type: 'closed', detail: '' })
  expect(porch.sessions).toHaveLength(2)
  porch.sessions[1]?.report({ type: 'connected' })
  porch.sessions[1]?.report({ type: 'offer', sdp })
  clock.advance(WITH_OFFER_MS)
  expect(sent.at(-1)).toMatchObject({ type: 'offer', call: id(2) })
})

test('[R37] a take-over that comes twice throws out one', async () => {
  const { call, board, sent } = await startSwitchboard(2)
  call(1, 'porch', guest)
  call(2, 'porch', { who: 'v', role: 'viewer' })
  call(3, 'porch', { takeOver: true })
  call(3, 'porch', { takeOver: true })
  expect(board.calls().map((live) => live.id)).toEqual([id(2), id(3)])
  expect(sent).toHaveLength(1)
})

test('[R35] a guest link has its number of guests, and room again when one has gone', async () => {
  const { call, hangup, alive, sent, board } = await startSwitchboard(3)
  call(1, 'porch', guest)
  call(1, 'porch', guest)
  call(2, 'porch', guest)
  alive(1)
  expect(sent.at(-1)).toEqual({ type: 'error', code: 'link-full', call: id(2) })
  hangup(1)
  call(3, 'porch', guest)
  expect(board.calls().map((live) => live.id)).toEqual([id(3)])
})

test('[R35] a guest is hung up when the hour is over, whatever the link does, and the camera is free', async () => {
  const { porch, call, clock, board, sent, states } = await startSwitchboard(1)
  call(1, 'porch', { ...guest, leftMs: 3_600_000 })
  porch.sessions[0]?.report({ type: 'connected' })
  porch.sessions[0]?.report({ type: 'offer', sdp })
  clock.advance(WITH_OFFER_MS)
  board.take({ type: 'answer', call: id(1), camera: `${device}.porch`, sdp, candidates: [] })
  board.linkChanged(false)
  clock.advance(3_599_999 - WITH_OFFER_MS)
  expect(board.calls()).toHaveLength(1)
  clock.advance(1)
  expect(sent.at(-1)).toEqual({ type: 'hangup', call: id(1), reason: 'access-expired' })
  expect(porch.sessions[0]?.told.at(-1)).toEqual(['hangup'])
  expect(states().porch).toBe('ready')
})

test('[R41] unpaired, every call is hung up at its camera, and nothing is said to the cloud', async () => {
  const { porch, garden, board, call, sent } = await startSwitchboard()
  call(1)
  call(2, 'garden', guest)
  board.unpaired()
  expect(board.calls()).toEqual([])
  expect([porch, garden].map(({ sessions }) => sessions[0]?.told)).toEqual([[['hangup']], [['hangup']]])
  expect(sent).toEqual([])
})

test('stopping hangs up every camera, tells every viewer, and waits until the sessions are closed', async () => {
  const { porch, garden, sent, board, call } = await startSwitchboard()
  call(1)
  call(2, 'garden')
  let stopped = false
  const stopping = board.stop().then(() => {
    stopped = true
  })
  expect(sent).toMatchObject([
    { type: 'hangup', reason: 'connector-stopped', call: id(1) },
    { type: 'hangup', reason: 'connector-stopped', call: id(2) },
  ])
  porch.sessions[0]?.report({ type: 'closed', detail: '' })
  await Promise.resolve()
  expect(stopped).toBe(false)
  garden.sessions[0]?.report({ type: 'closed', detail: '' })
  await stopping
  expect([porch, garden].map(({ sessions }) => sessions[0]?.told)).toEqual([[['hangup']], [['hangup']]])
})

test('a camera that talks without end fills no log, and gets nothing but a first line into it', async () => {
  const { porch, call, clock, lines } = await startSwitchboard()
  call(1)
  porch.sessions[0]?.report({ type: 'connected' })
  porch.sessions[0]?.report({ type: 'offer', sdp })
  clock.advance(WITH_OFFER_MS)
  for (let n = 0; n < 1_000; n += 1) {
    porch.sessions[0]?.report({ type: 'message', text: `hello\r\na=ice-pwd:secret${'x'.repeat(900)}` })
  }
  const notes = lines.filter((line) => line.startsWith('call-note'))
  expect(notes).toHaveLength(20)
  expect(notes.join()).not.toContain('ice-pwd')
})
