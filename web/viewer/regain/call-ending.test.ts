import { expect, it } from 'vitest'
import { ERROR_CODES, type ErrorCode } from '../../../protocol/error-codes.ts'
import { HANGUP_REASONS } from '../../../protocol/hangup.ts'
import { LOCAL_FAILURES } from '../call/failure.ts'
import { CALL, PORCH } from '../testing/samples.ts'
import { endingOf } from './call-ending.ts'

const named = { call: CALL, camera: PORCH }
const ended = (reason: string) => endingOf({ phase: 'ended', ...named, reason })
const failed = (code: string) => endingOf({ phase: 'failed', ...named, failure: { code } })

it('a picture that ended because somebody wanted it so is not called again', () => {
  expect(HANGUP_REASONS.filter((reason) => ended(reason) === 'final')).toEqual([
    'taken-over',
    'access-expired',
    'access-revoked',
    'signed-out',
    'device-unpaired',
    'offer-not-genuine',
    'called-again',
  ])
})

it('an error that asks to retry is tried again; one that stops does so, unless it is about the one call', () => {
  const codes = Object.keys(ERROR_CODES) as ErrorCode[]
  const again = codes.filter((code) => failed(code) !== 'final')
  const retried = codes.filter((code) => ERROR_CODES[code].action === 'retry')
  expect(new Set(again)).toEqual(new Set([...retried, 'call-ended', 'call-taken']))
})

it('of what goes wrong here, only what the next call may cure is tried again', () => {
  expect(LOCAL_FAILURES.filter((code) => failed(code) === 'lost')).toEqual([
    'no-reply',
    'no-path',
    'browser-stuck',
    'no-picture',
    'media-lost',
  ])
})

it('tells a camera that is full from one that is not there', () => {
  expect(['camera-busy', 'link-full', 'camera-offline', 'camera-unreachable'].map(failed)).toEqual([
    'busy',
    'busy',
    'away',
    'away',
  ])
})

it('what a newer peer may say ends it', () => {
  for (const word of ['newer', 'constructor', '__proto__']) {
    expect(ended(word)).toBe('final')
    expect(failed(word)).toBe('final')
  }
})
