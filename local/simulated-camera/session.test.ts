import { describe, expect, it } from 'vitest'
import type { Candidate } from './dialect.ts'
import { NO_QUIRKS, type Quirks } from './quirks.ts'
import { type Effect, NEW_SESSION, type Session, type SessionEvent, step } from './session.ts'

const call: SessionEvent = { type: 'request', request: { what: 'call', trickle: true } }
const batchCall: SessionEvent = { type: 'request', request: { what: 'call', trickle: false } }
const answer: SessionEvent = { type: 'request', request: { what: 'answer', sdp: 'theirs' } }
const hangup: SessionEvent = { type: 'request', request: { what: 'hangup' } }
const granted: SessionEvent = { type: 'slot', granted: true }
const offer: SessionEvent = { type: 'offer', sdp: 'ours' }
const answered: SessionEvent = { type: 'answered' }
const own: SessionEvent = { type: 'candidate', candidate: candidate('own') }
const gathered: SessionEvent = { type: 'gathered' }
const PLAYING = [call, granted, offer, answer, answered]

describe('session', () => {
  it('offers, trickles and plays', () => {
    const { session, effects } = run([call, granted, offer, own, own, gathered, answer, answered])
    expect(summary(effects)).toEqual([
      'claim-slot',
      'open-peer',
      'offer',
      'iceCandidate',
      'iceCandidate',
      'iceCandidate end',
      'apply-answer',
    ])
    expect(session.phase).toBe('playing')
  })

  it('sends one batch to a client that does not trickle', () => {
    const { effects } = run([batchCall, granted, offer, own, own, gathered])
    expect(summary(effects).slice(2)).toEqual(['offer', 'iceCandidates 2'])
  })

  it('sends one batch to everyone where it cannot trickle', () => {
    const { effects } = run([call, granted, offer, own, gathered], { noTrickle: true })
    expect(summary(effects).slice(2)).toEqual(['offer', 'iceCandidates 1'])
  })

  it('puts its candidates before its offer where it is that odd', () => {
    const trickled = run([call, granted, offer, own, gathered], { earlyCandidates: true })
    expect(summary(trickled.effects).slice(2)).toEqual(['iceCandidate', 'iceCandidate end', 'offer'])
    const batch = run([batchCall, granted, offer, own, gathered], { earlyCandidates: true })
    expect(summary(batch.effects).slice(2)).toEqual(['iceCandidates 1', 'offer'])
  })

  it('keeps the candidates of the client until its answer is applied', () => {
    const before = run([call, granted, theirs('a'), offer, theirs('b'), answer, theirs('c')])
    expect(summary(before.effects)).not.toContain('add-candidate')
    const after = run([answered, theirs('d')], {}, before.session)
    expect(
      after.effects.map((effect) => effect.type === 'add-candidate' && effect.candidate.candidate),
    ).toEqual(['a', 'b', 'c', 'd'])
  })

  it.each([
    ['before its offer', [call, granted], 'stable'],
    ['before the answer', [call, granted, offer], 'have-local-offer'],
    ['while it plays', PLAYING, 'stable'],
  ])('refuses a second call %s and goes on', (_, events, state) => {
    const first = run(events)
    const second = run([call], {}, first.session)
    expect(summary(second.effects)).toEqual([`message Called in wrong state: ${state}`])
    expect(second.session).toEqual(first.session)
  })

  it.each([
    ['without a call', []],
    ['a second time', PLAYING],
  ])('refuses an answer %s', (_, events) => {
    const { effects } = run([answer], {}, run(events).session)
    expect(summary(effects)).toEqual([
      'message Failed to set remote answer sdp: Called in wrong state: stable',
    ])
  })

  it('takes another answer after one that could not be applied', () => {
    const refused: SessionEvent = { type: 'answer-refused', text: 'Failed to parse' }
    const { session, effects } = run([call, granted, offer, answer, refused, answer, answered])
    expect(summary(effects).slice(3)).toEqual(['apply-answer', 'message Failed to parse', 'apply-answer'])
    expect(session.phase).toBe('playing')
  })

  it.each([
    ['idle', [], ['close-socket clean']],
    ['starting', [call, granted], ['close-peer', 'release-slot hung-up', 'close-socket clean']],
    ['playing', PLAYING, ['close-peer', 'release-slot hung-up', 'close-socket clean']],
  ])('gives everything back on a hangup while %s', (_, events, expected) => {
    const { session, effects } = run([hangup, { type: 'socket-closed' }], {}, run(events).session)
    expect(summary(effects)).toEqual(expected)
    expect(session.phase).toBe('ended')
  })

  it('notices a socket that closed without hangup', () => {
    const { effects } = run([{ type: 'socket-closed' }], {}, run(PLAYING).session)
    expect(summary(effects)).toEqual(['close-peer', 'release-slot gone'])
  })

  it('says why and closes when all streams are taken', () => {
    const { session, effects } = run([call, { type: 'slot', granted: false }, { type: 'socket-closed' }])
    expect(summary(effects)).toEqual([
      'claim-slot',
      expect.stringMatching(/^message Too many streams/),
      'close-socket clean',
    ])
    expect(session.phase).toBe('ended')
  })

  it('takes its time where it starts slowly', () => {
    const { effects } = run([call, granted], { slowStartMs: 2000 })
    expect(effects.at(-1)).toEqual({ type: 'wait', ms: 2000, next: { type: 'start' } })
    expect(summary(run([call, granted, { type: 'start' }], { slowStartMs: 2000 }).effects)).toContain(
      'open-peer',
    )
  })

  it('refuses every call with its message, keeping the socket', () => {
    const { session, effects } = run([call, call], { refuse: 'No camera' })
    expect(summary(effects)).toEqual(['message No camera', 'message No camera'])
    expect(session.phase).toBe('idle')
  })

  it('vanishes without a word, some time after it was connected', () => {
    const connected = run([...PLAYING, { type: 'connected' }], { dieAfterMs: 500 })
    expect(connected.effects.at(-1)).toEqual({ type: 'wait', ms: 500, next: { type: 'die' } })
    const dead = run([{ type: 'die' }, { type: 'socket-closed' }], { dieAfterMs: 500 }, connected.session)
    expect(summary(dead.effects)).toEqual(['close-peer', 'release-slot hung-up', 'close-socket vanish'])
  })

  it('sends garbage instead of an offer, and can still be hung up', () => {
    const { session, effects } = run([call, granted], { garbage: true })
    expect(summary(effects)).not.toContain('open-peer')
    expect(effects.filter((effect) => effect.type === 'send').length).toBeGreaterThan(2)
    expect(summary(run([hangup], {}, session).effects)).toContain('release-slot hung-up')
  })

  it('ignores whatever comes after its end', () => {
    const ended = run([...PLAYING, hangup]).session
    for (const event of [
      call,
      answer,
      theirs('a'),
      own,
      offer,
      gathered,
      answered,
      { type: 'die' } as const,
    ]) {
      expect(step(ended, event, NO_QUIRKS)).toEqual({ session: ended, effects: [] })
    }
  })
})

function run(events: readonly SessionEvent[], quirks: Partial<Quirks> = {}, from: Session = NEW_SESSION) {
  let session = from
  const effects: Effect[] = []
  for (const event of events) {
    const next = step(session, event, { ...NO_QUIRKS, ...quirks })
    session = next.session
    effects.push(...next.effects)
  }
  return { session, effects }
}

function summary(effects: readonly Effect[]): string[] {
  return effects.map((effect) => {
    if (effect.type === 'release-slot' || effect.type === 'close-socket')
      return `${effect.type} ${effect.how}`
    return effect.type === 'send' ? frameSummary(effect.frame) : effect.type
  })
}

function frameSummary(text: string): string {
  if (!text.startsWith('{"what":"') || !text.endsWith('}')) return 'garbage'
  const { what, data } = JSON.parse(text)
  if (what === 'message') return `message ${data}`
  if (what === 'iceCandidates') return `${what} ${JSON.parse(data).length}`
  return data === '' ? `${what} end` : what
}

function theirs(text: string): SessionEvent {
  return { type: 'request', request: { what: 'addIceCandidate', candidate: candidate(text) } }
}

function candidate(text: string): Candidate {
  return { candidate: text, sdpMid: 'video', sdpMLineIndex: 0 }
}
