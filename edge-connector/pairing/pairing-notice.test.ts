import { expect, test } from 'vitest'
import { pairingNotice } from './pairing-notice.ts'

const device = 'D'.repeat(43)
const url = `https://mihari.example/#pair=${'c'.repeat(22)}&device=${device}`
const until = Date.UTC(2030, 0, 2, 23, 50)
const notice = (over: { pauseMs?: number; qr?: string[]; zoneMinutes?: number } = {}) =>
  pairingNotice(
    { device, url, until, pauseMs: over.pauseMs ?? 0 },
    { qr: over.qr ?? [], zoneMinutes: over.zoneMinutes ?? 0 },
  )

test('it says in both languages what to do, with the link on a line of its own', () => {
  const lines = notice()
    .split('\n')
    .map((line) => line.trim())
  expect(lines).toContain(url)
  expect(lines).toContain(`Code of the connector: ${'DDDD '.repeat(10)}DDD`)
  expect(notice()).toMatch(/open this link:/)
  expect(notice()).toMatch(/次のリンクを開いてください/)
})

test.each([
  [0, '23:50 (UTC)'],
  [540, '08:50 (UTC+09:00)'],
  [-210, '20:20 (UTC-03:30)'],
])('until when is told by the clock on the wall, %d minutes east of UTC', (zoneMinutes, time) => {
  expect(notice({ zoneMinutes })).toContain(`Good until ${time}, once.`)
  expect(notice({ zoneMinutes })).toContain(`${time}まで`)
})

test('the code to scan is there where it was asked for', () => {
  expect(notice({ qr: ['##', '# '] })).toContain('  ##\n  # \n')
  expect(notice({ qr: ['##'] })).toMatch(/or scan the code/)
  expect(notice()).not.toMatch(/scan/)
})

test('after the first hour it says how to have another one at once', () => {
  expect(notice()).toMatch(/Another link follows/)
  expect(notice({ pauseMs: 50 * 60_000 })).toMatch(/50 minutes later; restart the connector/)
  expect(notice({ pauseMs: 50 * 60_000 })).toContain('次のリンクは、その50分後に表示されます。')
})
