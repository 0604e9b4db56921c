import { expect, test } from 'vitest'
import { INITIAL_LINK, type LinkState } from '../cloud/link-state.ts'
import { reportHealth } from './report-health.ts'

const up: LinkState = {
  ...INITIAL_LINK,
  phase: 'up',
  paired: true,
  told: [],
  failures: 0,
  since: 10_000,
  asked: false,
  next: { phase: 'later', at: 7_000_000, attempt: 0 },
}
const report = (link: LinkState) =>
  reportHealth({
    device: 'D'.repeat(43),
    now: 100_000,
    startedAt: 0,
    link,
    switchboard: { cameras: () => [], calls: () => [] },
  })

test('[R46] it says since when the link is up, and when its next connection is due', () => {
  expect(report(up)).toMatchObject({
    status: 'ok',
    cloud: { state: 'up', upSeconds: 90, next: { state: 'later', inSeconds: 6_900, attempts: 0 } },
  })
})

test('[R46] a next connection that is under way, or failed before, is ok', () => {
  const next = { phase: 'connecting', reached: false, attempt: 2 } as const
  expect(report({ ...up, next })).toMatchObject({
    status: 'ok',
    cloud: { next: { state: 'connecting', inSeconds: null, attempts: 2 } },
  })
})

test('while the link is down there is no next connection', () => {
  const down = report({ ...INITIAL_LINK, phase: 'connecting', reached: false, attempt: 3 })
  expect(down).toMatchObject({
    status: 'cloud-down',
    cloud: { state: 'connecting', upSeconds: null, next: null, attempts: 3 },
  })
})
