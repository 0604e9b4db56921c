import { expect, test } from 'vitest'
import { admitCall } from './admit-call.ts'

const device = 'D'.repeat(43)
const call = {
  type: 'call',
  call: 'A'.repeat(22),
  camera: `${device}.porch`,
  who: 'local',
  role: 'owner',
} as const
const known = { device, free: new Map([['porch', 1]]), running: undefined, ended: undefined }
const error = (code: string) => ({ type: 'error', code, call: call.call })

test('a call to a camera with room starts', () => {
  expect(admitCall(call, known)).toEqual({ verdict: 'start', camera: 'porch' })
})

test('[R12] a call that runs already is a retry', () => {
  expect(admitCall(call, { ...known, running: call.camera })).toEqual({ verdict: 'retry' })
})

test('[R13] a running call of another camera is not touched', () => {
  expect(admitCall(call, { ...known, running: `${device}.garden` })).toEqual({
    verdict: 'refuse',
    answer: error('call-taken'),
    over: false,
  })
})

test('[R13] a call that is over is told again how it ended', () => {
  const ended = { type: 'hangup', call: call.call, reason: 'camera-closed' } as const
  expect(admitCall(call, { ...known, ended })).toEqual({ verdict: 'refuse', answer: ended, over: false })
})

test('[R11] a camera that is not here, or of another device, is unknown', () => {
  const refused = { verdict: 'refuse', answer: error('unknown-camera'), over: true }
  expect(admitCall({ ...call, camera: `${device}.attic` }, known)).toEqual(refused)
  expect(admitCall({ ...call, camera: `${'E'.repeat(43)}.porch` }, known)).toEqual(refused)
})

test('[R20] a full camera is busy', () => {
  expect(admitCall(call, { ...known, free: new Map([['porch', 0]]) })).toEqual({
    verdict: 'refuse',
    answer: error('camera-busy'),
    over: true,
  })
})
