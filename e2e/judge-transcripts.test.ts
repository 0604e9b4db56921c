import { expect, it } from 'vitest'
import { judgeTranscripts } from './judge-transcripts.ts'

const heard = (...lines: string[]) => ({
  transcripts: [{ file: 'camera-1.log', lines }],
  secrets: ['sesame'],
})
const NOTHING = { transcripts: [], secrets: [] }

it('programs that gave nothing away pass', () => {
  expect(judgeTranscripts(heard('{"event":"ready"}'), true)).toEqual([])
})

it('a program that gave something away is named, with the line', () => {
  expect(judgeTranscripts(heard('{"event":"ready"}', 'code sesame', 'code sesame'), false)).toEqual([
    'camera-1.log has a secret: sesa…\n    code sesame',
  ])
})

it('a program of which no line was heard does not pass as one that gave nothing away', () => {
  expect(judgeTranscripts(heard(), false)).toEqual(['camera-1.log has no line'])
})

it('a run of every file has programs; a run of a few may have none', () => {
  expect(judgeTranscripts(NOTHING, true)).toEqual(['no program was listened to'])
  expect(judgeTranscripts(NOTHING, false)).toEqual([])
})
