import { expect, test } from 'vitest'
import { answerStray, type StrayMessage } from './answer-stray.ts'

const call = 'A'.repeat(22)
const camera = `${'D'.repeat(43)}.porch`
const messages = {
  alive: { type: 'alive', call, camera },
  resume: { type: 'resume', call, camera },
  answer: { type: 'answer', call, camera, sdp: 'v=0', candidates: [] },
  candidates: { type: 'candidates', call, camera, candidates: [] },
  hangup: { type: 'hangup', call, reason: 'viewer-left' },
  error: { type: 'error', call, code: 'unknown-call' },
} as const satisfies Record<string, StrayMessage>

const closed = { type: 'hangup', call, reason: 'camera-closed' } as const
const failed = { type: 'error', call, code: 'camera-silent' } as const
const left = { type: 'hangup', call, reason: 'viewer-left' } as const
const unknown = { type: 'error', call, code: 'unknown-call' } as const

test.each([
  ['alive', unknown],
  ['resume', unknown],
  ['answer', unknown],
  ['candidates', unknown],
  ['hangup', null],
  ['error', null],
] as const)('[R14] [R18] of a call that was never here, %s is answered %o', (type, answer) => {
  expect(answerStray(messages[type], undefined)).toEqual(answer)
})

test.each([
  ['alive', closed, closed],
  ['answer', closed, closed],
  ['resume', closed, closed],
  ['alive', failed, failed],
  ['answer', failed, failed],
  ['resume', failed, failed],
  ['candidates', closed, null],
  ['hangup', closed, null],
  ['error', failed, null],
  ['alive', left, null],
  ['answer', left, null],
  ['resume', left, left],
] as const)('[R47] [R18] %s of a call that ended by %o is answered %o', (type, ended, answer) => {
  expect(answerStray(messages[type], ended)).toEqual(answer)
})
