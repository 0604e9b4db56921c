import { expect, it } from 'vitest'
import { ERROR_CODES, errorRule } from './error-codes.ts'

it('[R19] an unknown code stops and ends its call, one named like an object’s own method too', () => {
  for (const code of ['newer-code', 'constructor', '__proto__']) {
    expect(errorRule(code)).toMatchObject({ action: 'stop', ends: 'call' })
  }
})

it('every camera’s failure ends its call', () => {
  const camera = Object.entries(ERROR_CODES).filter(([code]) => code.startsWith('camera-'))
  expect(camera.length).toBeGreaterThan(5)
  for (const [, rule] of camera) expect(rule.ends).toBe('call')
})

it('[R30] whoever is nobody has lost the connection with the reason', () => {
  for (const code of ['token-expired', 'signed-out', 'link-expired', 'link-revoked', 'clock-wrong']) {
    expect(errorRule(code).ends).toBe('connection')
  }
})
