import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sendHttp } from '../send-http.ts'
import { besideSite } from './beside-site.ts'

const server = createServer()
let origin: string

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  origin = `http://localhost:${(server.address() as AddressInfo).port}`
  const identity = {
    isFor: (url: string) => url.startsWith('/identity/'),
    handle: (_: unknown, response: { end(text: string): unknown }) => void response.end('identity'),
  }
  server.on(
    'request',
    besideSite(identity, origin, (_, response) => void response.end('site')),
  )
})
afterAll(() => new Promise((resolve) => server.close(resolve)))

const ask = (path: string, Host = new URL(origin).host) => sendHttp(`${origin}${path}`, { headers: { Host } })

describe('the identity provider beside the site', () => {
  it('answers under its own path, the site everywhere else', async () => {
    expect((await ask('/identity/enter')).body).toBe('identity')
    expect((await ask('/')).body).toBe('site')
  })

  it('answers under one name only: the machine’s others lead there', async () => {
    const { port } = new URL(origin)
    const { status, headers } = await ask('/identity/enter?a=b', `127.0.0.1:${port}`)
    expect([status, headers.location]).toEqual([307, `${origin}/identity/enter?a=b`])
  })

  it('is refused to a page whose own name leads here', async () => {
    const { status, body } = await ask('/identity/enter', 'evil.example')
    expect([status, body]).toEqual([421, `Open ${origin}/ instead.\n`])
  })
})
