import { describe, expect, it } from 'vitest'
import { ERROR_CODES } from '../../protocol/error-codes.ts'
import { HANGUP_REASONS } from '../../protocol/hangup.ts'
import { PresenceState } from '../../protocol/presence.ts'
import type { CallState } from '../viewer/call/call-state.ts'
import { NO_CANDIDATES } from '../viewer/call/candidates.ts'
import { LOCAL_FAILURES } from '../viewer/call/failure.ts'
import type { LinkState } from '../viewer/link/link-state.ts'
import { en } from './en.ts'
import { ja } from './ja.ts'
import { PANELS_EN } from './panels-en.ts'
import { PANELS_JA } from './panels-ja.ts'
import { callWords, linkWords, notDoneWords, presenceAdvice, presenceWords, regainWords } from './words.ts'

const named = { call: 'c', camera: 'd.porch' }
const exchange = { ...named, heard: new Set<string>(), own: NO_CANDIDATES }
const failed = (code: string, detail?: string): CallState => ({
  phase: 'failed',
  ...named,
  failure: { code, ...(detail === undefined ? {} : { detail }) },
})

describe.each([
  ['English', en, /[.…]$/],
  ['Japanese', ja, /[。…]$/],
] as const)('in %s', (_language, text, sentence) => {
  it.each([...Object.keys(ERROR_CODES), ...LOCAL_FAILURES])('%s says what it is and what to do', (code) => {
    for (const owner of [true, false]) {
      const words = callWords(text, failed(code), owner)
      expect(words).not.toEqual(text.failures.unknown)
      expect(words?.what.length).toBeGreaterThan(3)
      expect(words?.advice).toMatch(sentence)
    }
  })

  it.each(HANGUP_REASONS)('a call that ended by %s says so and what to do', (reason) => {
    const words = callWords(text, { phase: 'ended', ...named, reason })
    expect(words).not.toEqual(text.endings.unknown)
    expect(words?.advice).toMatch(sentence)
  })

  it('what a newer peer may say has words as well, and is taken for no method of an object', () => {
    for (const code of ['newer-code', 'constructor', '__proto__']) {
      expect(callWords(text, failed(code))).toEqual(text.failures.unknown)
      expect(callWords(text, { phase: 'ended', ...named, reason: code })).toEqual(text.endings.unknown)
      expect(linkWords(text, { phase: 'refused', code })).toEqual(text.failures.unknown)
    }
  })

  it('no wait is without a word, and no two of them have the same', () => {
    const waits: CallState[] = [
      { phase: 'waiting', ...named, takeOver: false },
      { phase: 'calling', ...named, takeOver: false, progress: 'asked', early: [] },
      { phase: 'calling', ...named, takeOver: false, progress: 'slow', early: [] },
      { phase: 'calling', ...named, takeOver: false, progress: 'asked-again', early: [] },
      { phase: 'answering', ...exchange },
      { phase: 'connecting', ...exchange, answer: '', resends: 0, path: 'open', blocked: false },
      { phase: 'interrupted', ...exchange },
    ]
    const said = waits.map((call) => JSON.stringify(callWords(text, call)))
    expect(new Set(said).size).toBe(waits.length)
    expect(said).not.toContain('null')
  })

  it('the camera’s own words are quoted as such', () => {
    expect(callWords(text, failed('camera-refused', 'too many streams'))?.quote).toEqual({
      by: text.cameraSays,
      words: 'too many streams',
    })
    expect(callWords(text, failed('camera-refused', ' '))?.quote).toBeUndefined()
  })

  it('what can be done at the camera is said to an owner; who is none is told to ask one', () => {
    for (const code of ['camera-offline', 'camera-unreachable'] as const) {
      expect(callWords(text, failed(code), true)).toEqual(text.failures[code])
      expect(callWords(text, failed(code, 'nothing listens'))).toEqual({
        what: text.failures[code].what,
        advice: text.askOwner,
      })
    }
    const stopped: CallState = { phase: 'ended', ...named, reason: 'connector-stopped' }
    expect(callWords(text, stopped)?.advice).toBe(text.askOwner)
    expect(text.askOwner).toMatch(sentence)
  })

  it('an owner reads what to set for a camera that has no room itself; others, and of other refusals, do not', () => {
    const full = failed('camera-refused', 'Too many streams')
    expect(callWords(text, full, true)?.advice).toBe(text.cameraFull)
    expect(callWords(text, full, true)?.quote?.words).toBe('Too many streams')
    expect(text.cameraFull).toContain('maxCalls')
    expect(callWords(text, full)?.advice).toBe(text.failures['camera-refused'].advice)
    expect(callWords(text, failed('camera-refused', 'overheated'), true)?.advice).not.toBe(text.cameraFull)
    expect(callWords(text, failed('camera-garbled', 'too many'), true)?.advice).not.toBe(text.cameraFull)
  })

  it('a link that is not up is said to be so, a long loss differently from a short one', () => {
    const lost = (attempt: number): LinkState => ({ phase: 'backoff', attempt })
    expect(linkWords(text, lost(1))).toEqual(text.service.reconnecting)
    expect(linkWords(text, lost(9))).toEqual(text.service.unreachable)
    expect(linkWords(text, { phase: 'signed-out' })).toBeNull()
    expect(linkWords(text, { phase: 'welcomed', heardAt: 0, asked: 'no' })).toBeNull()
  })

  it('a request that was not done says why', () => {
    expect(notDoneWords(text, { kind: 'not-sent' })).toEqual(text.panel.notSent)
    expect(notDoneWords(text, { kind: 'refused', code: 'no-reply' })).toEqual(text.panel.noReply)
    expect(notDoneWords(text, { kind: 'refused', code: 'last-owner' })).toEqual(text.failures['last-owner'])
    expect(notDoneWords(text, { kind: 'refused', code: 'newer-code' })).toEqual(text.failures.unknown)
  })

  it('[R30] each way of not being let in has words of its own', () => {
    const codes = ['token-expired', 'signed-out', 'link-expired', 'link-revoked', 'not-allowed'] as const
    const said = codes.map((code) => linkWords(text, { phase: 'refused', code })?.what)
    expect(new Set([...said, text.service.unreachable.what]).size).toBe(codes.length + 1)
  })

  it('of a picture that is being called again it is said why it is gone, each time the same', () => {
    const lost = { lost: 'c', tries: 0 } as const
    const calling: CallState = { phase: 'calling', ...named, takeOver: false, progress: 'asked', early: [] }
    for (const why of Object.keys(text.regain) as (keyof typeof text.regain)[]) {
      const said = (['calling', 'resting', 'waiting'] as const).map((phase) =>
        regainWords(text, { phase, why, ...lost }, calling),
      )
      expect(new Set(said)).toEqual(new Set([text.regain[why]]))
      expect(text.regain[why].advice).toMatch(sentence)
    }
    const paused: CallState = { ...calling, progress: 'paused' }
    const regain = { phase: 'calling', why: 'broke-off', ...lost } as const
    expect(regainWords(text, regain, paused)).toBe(text.regain['no-link'])
    expect(regainWords(text, { phase: 'off' }, calling)).toBeNull()
    expect(
      regainWords(
        text,
        { phase: 'holding', call: 'c', since: 0, tries: 0 },
        { phase: 'interrupted', ...exchange },
      ),
    ).toBeNull()
  })

  it('[R25] every presence has words, and what to do where there is something', () => {
    for (const state of PresenceState.options) {
      const known = presenceWords(text, { state }, '14:05', true)
      expect(known.length).toBeGreaterThan(1)
      expect(presenceWords(text, { state }, '14:05', false)).toBe(text.presence.lastKnown(known))
      for (const owner of [true, false]) {
        if (state !== 'online') expect(presenceAdvice(text, state, owner)).toMatch(sentence)
      }
    }
    expect(presenceAdvice(text, 'offline', false)).toBe(text.askOwner)
    expect(presenceWords(text, { state: 'offline' }, '14:05', true)).toContain('14:05')
    expect(presenceAdvice(text, 'online', true)).toBeNull()
  })
})

it('the details of a failure, which are in English, are quoted to an owner who reads English', () => {
  const garbled = failed('camera-garbled', 'not JSON')
  const notSent = { kind: 'refused', code: 'bad-message', detail: 'label' } as const
  expect(callWords(en, garbled, true)?.quote).toEqual({ by: en.details, words: 'not JSON' })
  expect(notDoneWords(en, notSent).quote?.words).toBe('label')
  expect(callWords(en, garbled)?.quote).toBeUndefined()
  expect(callWords(ja, garbled, true)?.quote).toBeUndefined()
  expect(notDoneWords(ja, notSent).quote).toBeUndefined()
})

const sentences = (value: unknown): string[] => {
  if (typeof value === 'string') return [value]
  if (typeof value === 'function') return sentences(value('14:05'))
  return Object.values(value as object).flatMap(sentences)
}

it.each([
  ['the page', en, ja],
  ['the panels', PANELS_EN, PANELS_JA],
])('both languages differ in everything that %s says', (_part, english, japanese) => {
  const said = new Set(sentences(japanese))
  expect(sentences(english).filter((text) => said.has(text))).toEqual([])
  expect(sentences(english)).toHaveLength(sentences(japanese).length)
})
