import { describe, expect, it } from 'vitest'
import { isGood, reportLines, reportObject, type SoakResult } from './report.ts'
import { summarizeTimes } from './summarize-times.ts'

const MB = 1024 * 1024
const result: SoakResult = {
  seed: 7,
  faults: 3,
  asked: 3,
  patience: 1,
  seconds: 60,
  recoveries: [
    { ms: 1_000, picturesMs: 500, kinds: ['delay', 'cloud kill'], bound: 'backoff', isLate: false },
    { ms: 3_000, picturesMs: 0, kinds: ['delay'], bound: 'the plain bound', isLate: false },
  ],
  losses: [],
  heap: [
    { afterFaults: 1, bytes: { cloud: 20 * MB }, viewersRss: 300 * MB },
    { afterFaults: 3, bytes: { cloud: 21 * MB }, viewersRss: 310 * MB },
  ],
  met: { delay: 12 },
  presses: { 'camera-offline': 2 },
}
const loss = { afterFaults: 2, kinds: ['delay'], problems: ['viewer 1 has no call'], transcript: ['the end'] }

describe('the report', () => {
  it('tells times overall, by kind and by bound, heap, and presses', () => {
    const text = reportLines(result).join('\n')
    expect(text).toContain('seed 7: 3 of 3 faults in 60 s')
    expect(text).toContain('recovered 2 times: p50 1000 ms, p99 3000 ms')
    expect(text).toContain('pictures were back: p50 0 ms, p99 500 ms, at most 500 ms')
    expect(text).toMatch(/delay +2 {2}p50 1000 {2}p99 3000/)
    expect(text).toContain('1  at most 1000 ms: backoff')
    expect(text).toContain(
      'heap of cloud: 20 MB after 1 faults, the least of the first half, 21 MB after 3 (5.0 %)',
    )
    expect(text).toContain("the viewers' process (not judged): 300 MB after 1, 310 MB after 3")
    expect(text).toContain('came about in the cloud: delay 12')
    expect(text).toContain('camera-offline')
    expect(text).toContain('nothing lost')
  })

  it('counts what came late among the times, and not among the bounds that held', () => {
    const late = { ms: 99_000, picturesMs: 0, kinds: ['clock'], bound: 'backoff', isLate: true }
    const text = reportLines({ ...result, recoveries: [...result.recoveries, late] }).join('\n')
    expect(text).toContain('recovered 3 times: p50 3000 ms, p99 99000 ms')
    expect(text).toContain('1  at most 1000 ms: backoff')
  })

  it('tells a loss with what was before it and what was said last', () => {
    const text = reportLines({ ...result, losses: [loss] }).join('\n')
    expect(text).toMatch(/LOST after fault 2 \(delay\):\n {2}viewer 1 has no call\n {4}the end/)
  })

  it('is good only of a whole run without a loss', () => {
    expect(isGood(result)).toBe(true)
    expect(isGood({ ...result, losses: [loss] })).toBe(false)
    expect(isGood({ ...result, faults: 2 })).toBe(false)
  })

  it('has the same figures for programs', () => {
    expect(reportObject(result)).toMatchObject({
      good: true,
      recovery: { count: 2, p50: 1_000, p99: 3_000, max: 3_000 },
      byKind: [{ kind: 'cloud kill' }, { kind: 'delay', count: 2 }],
      growth: [{ process: 'cloud', from: { mb: 20 }, to: { mb: 21 } }],
    })
  })
})

it('times are summarised by the nearest rank', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index)
  expect(summarizeTimes(hundred)).toEqual({ count: 100, p50: 50, p99: 99, max: 100 })
  expect(summarizeTimes([])).toEqual({ count: 0, p50: 0, p99: 0, max: 0 })
})
