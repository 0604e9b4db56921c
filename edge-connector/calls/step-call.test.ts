import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { MAX_CANDIDATES_PER_CALL } from '../../protocol/ice.ts'
import type { OfferStatement } from '../../protocol/offer-statement.ts'
import type { CameraEvent } from '../cameras/camera-port.ts'
import { type CallEffect, type CallEvent, type CallState, type CallTimer, newCall } from './call-state.ts'
import { ANSWER_TIMEOUT_MS, beginCall, stepCall } from './step-call.ts'
import { CONNECT_TIMEOUT_MS, OFFER_TIMEOUT_MS, PUZZLE_TIMEOUT_MS } from './step-on-camera.ts'

const id = 'A'.repeat(22)
const camera = `${'D'.repeat(43)}.porch`
const fingerprint = `sha-256 ${Array.from({ length: 32 }, () => 'AB').join(':')}`
const sdp = `v=0\r\na=fingerprint:${fingerprint}\r\n`
/** Says what it was asked to sign. */
const signOffer = (statement: OfferStatement) => `signed ${JSON.stringify(statement)}`
const digest = createHash('sha256').update(sdp).digest('base64url')
const signature = signOffer({ call: id, camera, fingerprints: [fingerprint], digest })

const from = (event: CameraEvent): CallEvent => ({ type: 'camera', camera: event })
const timer = (name: CallTimer): CallEvent => ({
  type: 'timer',
  timer: name,
})
const candidate = (n: number | string) => ({ candidate: `candidate:${n}`, sdpMid: 'video', sdpMLineIndex: 0 })
const gathered = (...names: (number | string)[]): CallEvent =>
  from({ type: 'candidates', candidates: names.map(candidate), done: false })
const gatheredAll = from({ type: 'candidates', candidates: [], done: true })
const trickled = (...names: (number | string)[]): CallEvent => ({
  type: 'candidates',
  call: id,
  camera,
  candidates: names.map(candidate),
})
const connected = from({ type: 'connected' })
const offer = from({ type: 'offer', sdp })
const call: CallEvent = { type: 'call', call: id, camera, who: 'local', role: 'owner' }
const answer: CallEvent = { type: 'answer', call: id, camera, sdp, candidates: [] }
const alive: CallEvent = { type: 'alive', call: id, camera }
const hangup: CallEvent = { type: 'hangup', call: id, reason: 'viewer-left' }

const play = (...script: (CallEvent | number)[]) => playWith(null, ...script)

/** Feeds events at time 0 unless a number stands before one; returns the last state and all effects. */
function playWith(rightEndsAt: number | null, ...script: (CallEvent | number)[]) {
  const first = newCall({ id, camera, linkUp: true, rightEndsAt })
  let state: CallState = first
  let now = 0
  let last: readonly { readonly type: string }[] = beginCall(first, 0).effects
  const all: { readonly type: string }[] = [...last]
  for (const entry of script) {
    if (typeof entry === 'number') now = entry
    else {
      const step = stepCall(state, entry, { now, signOffer })
      state = step.state
      last = step.effects
      all.push(...last)
    }
  }
  return { state, last, all, sent: sentOf(all), told: toldOf(all) }
}

const sentOf = (effects: readonly { readonly type: string }[]) =>
  (effects as readonly CallEffect[]).flatMap((effect) => (effect.type === 'send' ? [effect.message] : []))
const toldOf = (effects: readonly { readonly type: string }[]) =>
  (effects as readonly CallEffect[]).filter(
    ({ type }) => type === 'answer-camera' || type === 'add-candidate' || type === 'hangup-camera',
  )
const offered = [connected, offer, timer('batch')] as const
const answered = [...offered, answer] as const

describe('a call that succeeds', () => {
  test('opens the camera at once, and waits for it 4 s', () => {
    expect(play().all).toEqual([
      { type: 'open-camera' },
      { type: 'start-timer', timer: 'connect', ms: CONNECT_TIMEOUT_MS },
    ])
  })

  test('[R21] the camera has its 4 s from when it is asked, which may be after a feed became free', () => {
    const asked = from({ type: 'asked' })
    expect(play(asked).last).toEqual([{ type: 'start-timer', timer: 'connect', ms: CONNECT_TIMEOUT_MS }])
    expect(play(asked, ...offered).state.phase).toBe('offered')
    expect(play(...offered, asked).last).toEqual([])
  })

  test('[R15] the offer goes out with the candidates so far', () => {
    const { state, sent, last } = play(connected, gathered(1), offer, gathered(2), timer('batch'))
    expect(state.phase).toBe('offered')
    expect(sent).toEqual([
      { type: 'offer', call: id, sdp, signature, candidates: [candidate(1), candidate(2)] },
    ])
    expect(last).toContainEqual({ type: 'start-timer', timer: 'patience', ms: ANSWER_TIMEOUT_MS })
  })

  test('an offer waits for nothing but the candidates that follow it at once', () => {
    expect(play(connected, offer).last).toContainEqual({ type: 'start-timer', timer: 'batch', ms: 3 })
  })

  test('[R16] the answer goes to the camera, and then the candidates that waited for it', () => {
    const withCandidates: CallEvent = { ...answer, candidates: [candidate('c')] } as CallEvent
    const { state, told } = play(...offered, trickled('a', 'b'), withCandidates, trickled('d'))
    expect(state.phase).toBe('answered')
    expect(told).toEqual([
      { type: 'answer-camera', sdp },
      ...['a', 'b', 'c', 'd'].map((name) => ({ type: 'add-candidate', candidate: candidate(name) })),
    ])
  })
})

describe('candidates of the camera', () => {
  test('those after the offer are gathered for a short window that the first one opens', () => {
    const first = play(...offered, gathered(1))
    expect(first.last).toEqual([{ type: 'start-timer', timer: 'batch', ms: 20 }])
    const more = play(...offered, gathered(1), gathered(2))
    expect(more.last).toEqual([])
    expect(play(...offered, gathered(1), gathered(2), timer('batch')).sent.slice(1)).toEqual([
      { type: 'candidates', call: id, candidates: [candidate(1), candidate(2)] },
    ])
  })

  test('later windows are longer, because each batch is billed', () => {
    const { last } = play(...offered, gathered(1), timer('batch'), gathered(2))
    expect(last).toEqual([{ type: 'start-timer', timer: 'batch', ms: 150 }])
  })

  test('[R17] the end of gathering goes out at once, with what is left', () => {
    const { last } = play(...offered, gathered(1), gatheredAll)
    expect(last).toEqual([{ type: 'start-timer', timer: 'batch', ms: 0 }])
    expect(play(...offered, gathered(1), gatheredAll, timer('batch')).sent.at(-1)).toEqual({
      type: 'candidates',
      call: id,
      candidates: [candidate(1)],
      done: true,
    })
  })

  test('[R17] a camera without trickle says all in one frame with its offer, and that none follow', () => {
    const { sent } = play(connected, offer, gathered(1), gatheredAll, timer('batch'))
    expect(sent).toEqual([
      { type: 'offer', call: id, sdp, signature, candidates: [candidate(1)], done: true },
    ])
  })

  test('[R17] repeated ones, and what is no candidate on the wire, are dropped', () => {
    const strange = from({
      type: 'candidates',
      candidates: [
        candidate(1),
        candidate(1),
        'text',
        null,
        { candidate: 'no place' },
        { ...candidate(2), candidate: 'x'.repeat(513) },
        { candidate: 'candidate:3', sdpMLineIndex: 1, component: 'unknown' },
      ],
      done: false,
    })
    const { sent } = play(...offered, strange, strange, timer('batch'))
    expect(sent[1]).toEqual({
      type: 'candidates',
      call: id,
      candidates: [candidate(1), { candidate: 'candidate:3', sdpMLineIndex: 1 }],
    })
  })

  test('[R17] a thousand of them cost the viewer no more than 256', () => {
    const names = Array.from({ length: 1_000 }, (_, at) => at)
    const { sent, state } = play(...offered, gathered(...names), timer('batch'))
    const total = sent.flatMap((message) => ('candidates' in message ? message.candidates : []))
    expect(total).toHaveLength(MAX_CANDIDATES_PER_CALL)
    expect(state.phase).toBe('offered')
  })
})

describe('every message twice', () => {
  test('[R12] a repeated call before the offer changes nothing', () => {
    for (const phase of [[], [connected], [connected, offer]]) {
      const { all, last } = play(...phase, call)
      expect(last).toEqual([])
      expect(all.filter(({ type }) => type === 'open-camera')).toHaveLength(1)
    }
  })

  test('[R12] after it, the offer goes out again with all candidates, and there is still one session', () => {
    for (const phase of [offered, answered]) {
      const { all, last } = play(...phase, gathered(1), call)
      expect(sentOf(last)).toEqual([{ type: 'offer', call: id, sdp, signature, candidates: [candidate(1)] }])
      expect(all.filter(({ type }) => type === 'open-camera')).toHaveLength(1)
      expect(last).toContainEqual({ type: 'stop-timer', timer: 'batch' })
    }
  })

  test('[R15] a second offer of the camera is ignored', () => {
    expect(play(...offered, offer).sent).toHaveLength(1)
  })

  test('[R16] a second answer is ignored, with what is in it', () => {
    const { last } = play(...answered, { ...answer, candidates: [candidate('late')] } as CallEvent)
    expect(last).toEqual([])
  })

  test('[R17] a repeated candidate of the viewer reaches the camera once', () => {
    const { told } = play(...offered, trickled('a'), answer, trickled('a'), trickled('a'))
    expect(told).toHaveLength(2)
  })

  test('[R18] a second hangup, and everything after the first, is dropped without a word', () => {
    const ended = play(...answered, hangup)
    for (const event of [hangup, call, answer, trickled('x'), alive, offer, gatheredAll, timer('patience')]) {
      const step = stepCall(ended.state, event, { now: 0, signOffer })
      expect(step).toEqual({ state: ended.state, effects: [] })
    }
  })
})

describe('a viewer that does not keep to the rules', () => {
  test('[R16] an answer before the offer is answered unexpected-message, and the call goes on', () => {
    for (const phase of [[], [connected], [connected, offer]]) {
      const { state, last } = play(...phase, answer)
      expect(sentOf(last)).toMatchObject([{ type: 'error', code: 'unexpected-message', call: id }])
      expect(state.phase).not.toBe('ended')
    }
    expect(play(answer, ...answered).state.phase).toBe('answered')
  })

  test('[R17] of a thousand candidates the camera gets 256, and the viewer hears of it once', () => {
    const names = Array.from({ length: 1_000 }, (_, at) => at)
    const { sent, told, state } = play(...answered, trickled(...names), trickled('more'), trickled('again'))
    expect(told.filter(({ type }) => type === 'add-candidate')).toHaveLength(MAX_CANDIDATES_PER_CALL)
    expect(sent.slice(1)).toEqual([{ type: 'error', code: 'too-many-candidates', call: id }])
    expect(state.phase).toBe('answered')
  })

  test('an empty candidate is not for UV4L, which has no word for the end', () => {
    const { told } = play(...answered, {
      ...trickled(),
      candidates: [{ candidate: '', sdpMid: '0' }],
    } as CallEvent)
    expect(told).toHaveLength(1)
  })
})

describe('the end of a call', () => {
  const phases = { opening: [], calling: [connected], offering: [connected, offer], offered, answered }

  test.each(Object.entries(phases))(
    'while %s, every end hangs up the camera and stops all timers',
    (_, events) => {
      const ends: CallEvent[] = [
        hangup,
        { type: 'end', reason: 'connector-stopped' },
        { type: 'error', code: 'call-ended', call: id },
        from({ type: 'closed', detail: 'gone' }),
        from({ type: 'failed', code: 'camera-unreachable', detail: 'gone' }),
        timer('patience'),
        timer('right'),
      ]
      for (const end of ends) {
        const { state, last } = play(...events, end)
        expect(state.phase).toBe('ended')
        expect(last).toContainEqual({ type: 'hangup-camera' })
        expect(last).toContainEqual({ type: 'stop-timers' })
      }
    },
  )

  test('[R18] the hangup of the viewer is not answered', () => {
    expect(play(...answered, hangup).sent).toHaveLength(1)
  })

  test('[R19] an error that ends the call ends it, another does not', () => {
    expect(play(...answered, { type: 'error', code: 'call-ended', call: id }).state.phase).toBe('ended')
    expect(play(...answered, { type: 'error', code: 'a-newer-code', call: id }).state.phase).toBe('ended')
    expect(play(...answered, { type: 'error', code: 'peer-gone', call: id }).state.phase).toBe('answered')
  })

  test.each(['access-revoked', 'signed-out', 'device-unpaired'])(
    '[R36] [R41] the word of the cloud (%s) is obeyed at once, and not answered',
    (reason) => {
      const { state, last } = play(...answered, { type: 'hangup', call: id, reason })
      expect(state).toMatchObject({ phase: 'ended', own: false, ending: { reason } })
      expect(last).toEqual([{ type: 'stop-timers' }, { type: 'hangup-camera' }])
    },
  )

  test('the connector stops: the viewer is told', () => {
    expect(play(...answered, { type: 'end', reason: 'connector-stopped' }).sent.at(-1)).toEqual({
      type: 'hangup',
      call: id,
      reason: 'connector-stopped',
    })
  })
})

describe('[R21] a camera that fails', () => {
  const failure = (code: string) => ({ type: 'error', code, call: id })
  test.each<[string, CallEvent[], object]>([
    ['does not answer', [timer('connect')], failure('camera-unreachable')],
    [
      'refuses the password',
      [from({ type: 'failed', code: 'camera-password', detail: 'HTTP 401' })],
      { ...failure('camera-password'), detail: 'HTTP 401' },
    ],
    [
      'refuses in words',
      [connected, from({ type: 'message', text: 'Too many streams' })],
      { ...failure('camera-refused'), detail: 'Too many streams' },
    ],
    ['closes before its offer', [connected, from({ type: 'closed', detail: '' })], failure('camera-closed')],
    [
      'closes before the answer',
      [...offered, from({ type: 'closed', detail: '' })],
      failure('camera-closed'),
    ],
    ['talks nonsense', [connected, from({ type: 'garbled', detail: 'x' })], failure('camera-garbled')],
    ['offers no SDP', [connected, from({ type: 'offer', sdp: 'hello' })], failure('camera-garbled')],
    [
      'offers an endless SDP',
      [connected, from({ type: 'offer', sdp: `v=0${'x'.repeat(30_000)}` })],
      failure('camera-garbled'),
    ],
    [
      '[R42] offers without a fingerprint',
      [connected, from({ type: 'offer', sdp: 'v=0\r\n' })],
      { ...failure('camera-garbled'), detail: expect.stringContaining('no DTLS fingerprint') },
    ],
    [
      'says only what is not understood',
      [connected, from({ type: 'unknown', detail: 'x' }), timer('offer')],
      failure('camera-garbled'),
    ],
    ['says nothing', [connected, timer('offer')], failure('camera-silent')],
    [
      'explains itself and closes while it plays',
      [...answered, from({ type: 'message', text: 'overheated' }), from({ type: 'closed', detail: '' })],
      { ...failure('camera-refused'), detail: 'overheated' },
    ],
    [
      'closes while it plays',
      [...answered, from({ type: 'closed', detail: '' })],
      { type: 'hangup', call: id, reason: 'camera-closed' },
    ],
  ])('%s: the viewer is told which', (_, events, ending) => {
    const { sent, state } = play(...events)
    expect(sent.at(-1)).toMatchObject(ending)
    expect(state).toMatchObject({ phase: 'ended', ending })
  })

  test('silence is waited for 15 s, but not after something that is not understood', () => {
    expect(play(connected).last).toContainEqual({ type: 'start-timer', timer: 'offer', ms: OFFER_TIMEOUT_MS })
    const strange = from({ type: 'unknown', detail: 'x' })
    const shorter = { type: 'start-timer', timer: 'offer', ms: PUZZLE_TIMEOUT_MS }
    expect(play(connected, strange).last).toContainEqual(shorter)
    expect(play(connected, strange, strange).last).not.toContainEqual(shorter)
    expect(play(connected, strange, offer, timer('batch')).state.phase).toBe('offered')
  })

  test('what it says once it plays ends nothing by itself', () => {
    for (const event of [
      from({ type: 'garbled', detail: 'x' }),
      from({ type: 'unknown', detail: 'x' }),
      from({ type: 'message', text: 'warm' }),
    ]) {
      expect(play(...answered, event).state.phase).toBe('answered')
    }
  })
})

describe('[R35] a right that ends', () => {
  const expired = { type: 'hangup', call: id, reason: 'access-expired' }
  const right = (ms: number) => ({ type: 'start-timer', timer: 'right', ms })
  const again = (leftMs: number) => ({ ...call, leftMs }) as CallEvent

  test('is counted from the call on, and one without an end not at all', () => {
    expect(playWith(3_600_000).all).toContainEqual(right(3_600_000))
    expect(play(...answered).all).not.toContainEqual(expect.objectContaining({ timer: 'right' }))
  })

  test('hangs up the camera and tells the viewer, also while the cloud is away', () => {
    const { sent, told, state } = playWith(9, ...answered, { type: 'link', up: false }, 9, timer('right'))
    expect(sent.at(-1)).toEqual(expired)
    expect(told.at(-1)).toEqual({ type: 'hangup-camera' })
    expect(state).toMatchObject({ phase: 'ended', own: true })
  })

  test('nothing but an end stops its clock: no link, no word of the viewer', () => {
    const script = [...answered, { type: 'link', up: false }, { type: 'link', up: true }, alive] as const
    expect(playWith(60_000, ...script).all).not.toContainEqual({ type: 'stop-timer', timer: 'right' })
    expect(
      playWith(60_000, ...script).all.filter((effect) => 'timer' in effect && effect.timer === 'right'),
    ).toEqual([right(60_000)])
  })

  test('comes sooner when a repeated call says so, and never later', () => {
    expect(playWith(60_000, ...answered, 10_000, again(5_000)).last).toContainEqual(right(5_000))
    expect(playWith(60_000, ...answered, 10_000, again(3_600_000)).last).not.toContainEqual(
      expect.objectContaining({ timer: 'right' }),
    )
    expect(play(...answered, 10_000, again(5_000)).last).toContainEqual(right(5_000))
  })

  test('that a repeated call finds over ends the call instead of offering again', () => {
    const { last } = playWith(60_000, ...answered, 10_000, again(0))
    expect(sentOf(last)).toEqual([expired])
  })
})

describe('[R22] a viewer that has gone', () => {
  const silent = { type: 'hangup', call: id, reason: 'viewer-silent' }
  const down: CallEvent = { type: 'link', up: false }
  const up: CallEvent = { type: 'link', up: true }
  const patience = (ms: number) => ({ type: 'start-timer', timer: 'patience', ms })

  test('has 150 s from its answer, and again from every alive', () => {
    expect(play(...answered).last).toContainEqual(patience(150_000))
    expect(play(...answered, 60_000, alive).last).toEqual([patience(150_000)])
    expect(play(...answered, timer('patience')).sent.at(-1)).toEqual(silent)
  })

  test('is not blamed while the cloud cannot be reached: only the time with a link counts', () => {
    const lost = play(...answered, 50_000, down)
    expect(lost.last).toEqual([{ type: 'stop-timer', timer: 'patience' }])
    expect(lost.state.phase).toBe('answered')
    expect(play(...answered, 50_000, down, 9_000_000, up).last).toEqual([patience(100_000)])
  })

  test('has 75 s at least from when the link is up again: a line is dead for a while before that is noticed', () => {
    expect(play(...answered, 140_000, down, 200_000, up).last).toEqual([patience(75_000)])
    const flapping = [down, up, 70_000, down, 80_000, up, 150_000, down, 160_000, up] as const
    expect(play(...answered, ...flapping).last).toEqual([patience(75_000)])
    expect(play(...offered, 20_000, down, up).last).toEqual([patience(10_000)])
  })

  test('[R24] a call that is answered without a link begins to wait once there is one', () => {
    const { last } = play(...offered, down, answer)
    expect(last).toContainEqual({ type: 'stop-timer', timer: 'patience' })
    expect(play(...offered, down, answer, 9_000, up).last).toEqual([patience(150_000)])
  })
})
