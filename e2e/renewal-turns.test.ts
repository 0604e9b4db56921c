import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchChromium } from './chromium.ts'

const ROUNDS = 25

declare global {
  interface Window {
    /** In which round this tab asked the issuer. */
    asked: number[]
    renew(round: number): Promise<void>
  }
}

/** A tab's part, with an issuer that answers as fast as the loopback does. */
const PART = `
  import { inTurn } from './web/identity/take-turns.ts'
  window.asked = []
  window.renew = async (round) => {
    const current = () => localStorage.getItem('token') === String(round)
    const clock = {
      now: Date.now,
      setTimeout: (act, ms) => setTimeout(act, ms / 10),
      clearTimeout: (timer) => clearTimeout(timer),
    }
    await inTurn({ locks: navigator.locks, changes: window, clock }, current, async () => {
      if (current()) return { kind: 'held' }
      await fetch('/token')
      window.asked.push(round)
      localStorage.setItem('token', String(round))
      return { kind: 'held' }
    })
  }`

let server: Server
let browser: Browser

beforeAll(async () => {
  const resolveDir = fileURLToPath(new URL('..', import.meta.url))
  const { outputFiles } = await build({
    stdin: { contents: PART, resolveDir, loader: 'ts' },
    bundle: true,
    write: false,
  })
  const page = `<!doctype html><title>tab</title><script>${outputFiles[0]?.text}</script>`
  server = createServer((_request, response) =>
    response.writeHead(200, { 'content-type': 'text/html' }).end(page),
  )
  server.listen(0, '127.0.0.1')
  ;[browser] = await Promise.all([launchChromium(), once(server, 'listening')])
})

afterAll(async () => {
  await browser?.close()
  server?.close()
})

it('two tabs that find their token outdated in the same moment ask the issuer once, each time', async () => {
  const context = await browser.newContext()
  const tabs: Page[] = [await context.newPage(), await context.newPage()]
  for (const tab of tabs) await tab.goto(`http://localhost:${(server.address() as AddressInfo).port}`)
  for (let round = 1; round <= ROUNDS; round += 1)
    await Promise.all(tabs.map((tab) => tab.evaluate((number) => window.renew(number), round)))
  const asked = (await Promise.all(tabs.map((tab) => tab.evaluate(() => window.asked)))).flat()
  expect(asked.toSorted((a, b) => a - b)).toEqual(Array.from({ length: ROUNDS }, (_, n) => n + 1))
  await context.close()
})
