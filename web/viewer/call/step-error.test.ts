import { describe, expect, it } from 'vitest'
import { ERROR_CODES, type ErrorCode } from '../../../protocol/error-codes.ts'
import { CALL, PORCH, SDP } from '../testing/samples.ts'
import type { CallState, Live } from './call-state.ts'
import { NO_CANDIDATES } from './candidates.ts'
import { stepCall } from './step-call.ts'

const named = { call: CALL, camera: PORCH }
const exchange = { ...named, heard: new Set<string>(), own: NO_CANDIDATES }
const CALLING: Extract<Live, { phase: 'calling' }> = {
  phase: 'calling',
  ...named,
  progress: 'asked',
  takeOver: false,
  early: [],
}
const CONNECTING: Extract<Live, { phase: 'connecting' }> = {
  phase: 'connecting',
  ...exchange,
  answer: SDP,
  resends: 0,
  path: 'searching',
  blocked: false,
}
const PLAYING: Extract<Live, { phase: 'playing' | 'interrupted' }> = { phase: 'playing', ...exchange }

/** What becomes of a call. */
type Outcome = 'fails' | 'tries again' | 'goes on'
const BEFORE_THE_OFFER: Record<ErrorCode, Outcome> = {
  'bad-message': 'fails',
  'unknown-type': 'fails',
  'unsupported-version': 'fails',
  'not-allowed': 'fails',
  'unknown-camera': 'fails',
  'say-hello': 'tries again',
  'camera-offline': 'fails',
  'call-taken': 'fails',
  'call-ended': 'fails',
  'unknown-call': 'fails',
  'unexpected-message': 'fails',
  'too-many-candidates': 'fails',
  'peer-gone': 'tries again',
  'camera-busy': 'fails',
  'camera-unreachable': 'fails',
  'camera-password': 'fails',
  'camera-certificate': 'fails',
  'camera-refused': 'fails',
  'camera-closed': 'fails',
  'camera-garbled': 'fails',
  'camera-silent': 'fails',
  'token-expired': 'fails',
  'signed-out': 'fails',
  'link-expired': 'fails',
  'link-revoked': 'fails',
  'clock-wrong': 'fails',
  replaced: 'fails',
  'not-paired': 'fails',
  'too-many-unpaired': 'fails',
  'pairing-code-wrong': 'fails',
  'pairing-code-expired': 'fails',
  'pairing-code-used': 'fails',
  'unknown-device': 'fails',
  'unknown-grant': 'fails',
  'unknown-person': 'fails',
  'last-owner': 'fails',
  'too-many-grants': 'fails',
  'invitation-failed': 'tries again',
  'link-full': 'fails',
  internal: 'tries again',
}
const codes = Object.keys(ERROR_CODES) as ErrorCode[]

function outcome(state: CallState, code: string): Outcome {
  const step = stepCall(state, { type: 'error', code, detail: 'said the camera' })
  if (step.state.phase === 'failed') {
    expect(step.state).toEqual({ phase: 'failed', ...named, failure: { code, detail: 'said the camera' } })
    expect(step.effects.at(-1)).toEqual({ type: 'release' })
    return 'fails'
  }
  expect(step.state).toBe(state)
  return step.effects.length > 0 ? 'tries again' : 'goes on'
}

describe('an error', () => {
  it.each(codes)('[R19] %s fails a call without an offer, unless it is to be tried again', (code) => {
    expect(outcome(CALLING, code)).toBe(BEFORE_THE_OFFER[code])
  })

  it.each(codes)('[R16, R17, R19] %s ends a call that has its offer only if the table says so', (code) => {
    const { action, ends } = ERROR_CODES[code]
    const goesOn = action === 'retry' ? 'tries again' : 'goes on'
    expect(outcome(CONNECTING, code)).toBe(ends === 'nothing' ? goesOn : 'fails')
  })

  it.each(codes)('[R24] %s ends a playing call only if the table says so', (code) => {
    const goesOn = code === 'internal' ? 'tries again' : 'goes on'
    const expected = ERROR_CODES[code].ends === 'nothing' ? goesOn : 'fails'
    expect(outcome(PLAYING, code)).toBe(expected)
    expect(outcome({ ...PLAYING, phase: 'interrupted' }, code)).toBe(expected)
  })

  it('[R19] of a code that is not known ends the call, playing or not', () => {
    for (const state of [CALLING, CONNECTING, PLAYING]) expect(outcome(state, 'newer-code')).toBe('fails')
  })

  it('[R18] is dropped when the call is over', () => {
    const ended: CallState = { phase: 'ended', ...named, reason: 'viewer-left' }
    for (const state of [ended, { phase: 'idle' }] as const) {
      expect(stepCall(state, { type: 'error', code: 'camera-busy' })).toEqual({ state, effects: [] })
    }
  })

  it('is tried again only so often', () => {
    expect(outcome({ ...CALLING, progress: 'asked-again' }, 'peer-gone')).toBe('goes on')
    expect(outcome({ ...CONNECTING, resends: 3 }, 'peer-gone')).toBe('goes on')
  })

  it('that only the viewer takes for the end is told to the host, which may hold the camera for it', () => {
    const { effects } = stepCall(CALLING, { type: 'error', code: 'bad-message' })
    expect(effects[0]).toMatchObject({ type: 'send', message: { type: 'hangup', reason: 'viewer-failed' } })
    expect(stepCall(CALLING, { type: 'error', code: 'camera-busy' }).effects).toEqual([{ type: 'release' }])
  })
})
