import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { doneReply, refusedReply } from '../../protocol/reply.ts'
import type { DeviceRequest } from '../../protocol/request.ts'
import { createFakeClock } from '../testing/fake-clock.ts'
import { createPairing, type PairingLink } from './pairing.ts'

const device = 'D'.repeat(43)
const site = 'https://mihari.example'

function begin() {
  const clock = createFakeClock()
  const asked: DeviceRequest[] = []
  const rests: { readonly ms: number; readonly why: string }[] = []
  const shown: (PairingLink | 'paired')[] = []
  const log: string[] = []
  let made = 0
  const pairing = createPairing({
    ...{ device, clock },
    random: () => 1,
    fresh() {
      made += 1
      return String(made).padStart(22, 'A')
    },
    log: (...line) => log.push(JSON.stringify(line)),
    ask: (request) => asked.push(request),
    rest: (ms, why) => rests.push({ ms, why }),
    show: (link) => shown.push(link),
    showPaired: () => shown.push('paired'),
  })
  const accept = (from = site) => {
    const request = asked.at(-1)
    if (request === undefined) throw new Error('nothing was asked')
    pairing.take(doneReply<'start-pairing'>(request.id, { until: 1_800_000_600_000, site: from }))
  }
  return { clock, asked, rests, shown, log, pairing, accept }
}

test('[R39] the cloud gets the SHA-256 of the code, the one before the device gets the code', () => {
  const { pairing, asked, shown, accept, log } = begin()
  pairing.linkChanged('unpaired')
  const code = '1'.padStart(22, 'A')
  expect(asked[0]?.ask).toEqual({
    op: 'start-pairing',
    codeHash: createHash('sha256').update(code).digest('base64url'),
  })
  expect(shown).toEqual([])
  accept()
  const url = `${site}/#pair=${code}&device=${device}`
  expect(shown).toEqual([{ device, url, until: 1_800_000_570_000, pauseMs: 0 }])
  expect(log.join()).not.toContain(code)
})

test('[R40] claimed, it says so once', () => {
  const { pairing, shown, accept, log } = begin()
  pairing.linkChanged('unpaired')
  accept()
  pairing.linkChanged('up')
  pairing.linkChanged('down')
  pairing.linkChanged('up')
  expect(shown.filter((one) => one === 'paired')).toHaveLength(1)
  expect(log.filter((line) => line.includes('"paired"'))).toHaveLength(1)
})

test.each(['https://mihari.example/', 'javascript:alert(1)', 'https://a\u001b[2J.example', 'nonsense'])(
  'a site that is no origin (%j) comes into no terminal',
  (from) => {
    const { pairing, shown, rests, accept } = begin()
    pairing.linkChanged('unpaired')
    accept(from)
    expect(shown).toEqual([])
    expect(rests).toEqual([{ ms: 10_000, why: 'the cloud’s answer cannot be read' }])
  },
)

test('a refusal is told in the log and to the link, and tried again later', () => {
  const { pairing, asked, rests, log } = begin()
  pairing.linkChanged('unpaired')
  pairing.take(refusedReply(asked[0]?.id ?? '', 'too-many-unpaired'))
  expect(rests).toEqual([{ ms: 10_000, why: 'the cloud answered too-many-unpaired' }])
  expect(log.join()).toContain('too-many-unpaired')
})

test('nobody who waits for months fills a journal', () => {
  const { clock, pairing, accept, asked, shown, rests } = begin()
  let answered = 0
  pairing.linkChanged('unpaired')
  for (let minute = 0; minute < 7 * 24 * 60; minute += 1) {
    if (asked.length > answered) {
      answered = asked.length
      accept()
    }
    clock.advance(60_000)
    const rest = rests.pop()
    if (rest !== undefined) {
      pairing.linkChanged('down')
      clock.advance(rest.ms)
      pairing.linkChanged('unpaired')
      minute += rest.ms / 60_000
    }
  }
  expect(shown.length).toBeGreaterThan(7 * 22)
  expect(shown.length).toBeLessThan(7 * 26)
})
