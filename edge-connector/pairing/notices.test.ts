import { encode } from 'uqr'
import { expect, test } from 'vitest'
import { createNotices } from './notices.ts'
import { terminalQr } from './terminal-qr.ts'

const device = 'D'.repeat(43)
const url = `https://d1234567890123.cloudfront.net/#pair=${'c'.repeat(22)}&device=${device}`
const ESCAPE = '\u001b'
const link = { device, url, until: 1_800_000_000_000, pauseMs: 0 }

async function shownOn(terminal: { readonly isTTY?: boolean }, send?: (message: object) => void) {
  const { promise, resolve } = Promise.withResolvers<string>()
  const { show } = createNotices({ stderr: { ...terminal, write: resolve }, send })
  show(link)
  return promise
}

test('a terminal gets the link and the QR code, a journal the link alone', async () => {
  const terminal = await shownOn({ isTTY: true })
  const journal = await shownOn({})
  for (const text of [terminal, journal]) expect(text).toContain(url)
  expect(terminal).toContain('█')
  expect(journal).not.toMatch(/[█▀▄]/)
  expect(journal).not.toContain(ESCAPE)
})

test('the program that started this one gets the link as a message', async () => {
  const messages: object[] = []
  await shownOn({}, (message) => messages.push(message))
  expect(messages).toEqual([{ kind: 'pairing', link: url }])
})

test('the QR code on the terminal is the code of the link, and fits 80 columns', async () => {
  const lines = await terminalQr(url)
  const { data } = encode(url, { border: 2 })
  // Two rows a line, light where it is drawn: a cell that is dark in the code stays background.
  const dark = lines.flatMap((line) => {
    const cells = [...line].filter((cell) => ' █▀▄'.includes(cell))
    return [
      cells.map((cell) => cell === ' ' || cell === '▄'),
      cells.map((cell) => cell === ' ' || cell === '▀'),
    ]
  })
  expect(dark.slice(0, data.length)).toEqual(data)
  expect(data.length).toBeLessThanOrEqual(78)
})
