import { expect, it } from 'vitest'
import { isAnswered } from './knock.ts'

const busy = { phase: 'failed', why: 'camera-busy', frames: 0 }
const playing = { phase: 'playing', why: null, frames: 3 }

it('who knocks at a camera with a place has a picture', () => {
  expect(isAnswered('garden', playing)).toBe(true)
  expect(isAnswered('garden', busy)).toBe(false)
})

it('who knocks at a full camera is told that it is busy, or has the place of somebody who left', () => {
  expect(isAnswered('porch', busy)).toBe(true)
  expect(isAnswered('porch', playing)).toBe(true)
})

it.each([
  undefined,
  { ...playing, frames: 0 },
  { phase: 'calling', why: null, frames: 0 },
  { phase: 'failed', why: 'no-reply', frames: 0 },
  { phase: 'failed', why: 'camera-offline', frames: 0 },
  { phase: 'ended', why: 'viewer-silent', frames: 0 },
])('who knocks is not left with %j', (call) => {
  expect(isAnswered('porch', call)).toBe(false)
})
