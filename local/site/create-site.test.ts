import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type RequestListener, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SiteDescription } from '../template/cloud-description.ts'
import { createSite } from './create-site.ts'

const folder = mkdtempSync(join(tmpdir(), 'mihari-site-'))
const server = createServer()
let origin: string
let handler: RequestListener

/** Byte values that are no UTF-8, and a marker behind them. */
const BINARY = Buffer.concat([Buffer.from([0xff, 0x00, 0xc3, 0x28]), Buffer.from('<<m>>')])

beforeAll(async () => {
  mkdirSync(join(folder, 'web/assets'), { recursive: true })
  mkdirSync(join(folder, 'config'))
  writeFileSync(join(folder, 'web/index.html'), 'old')
  writeFileSync(join(folder, 'web/assets/app.js'), 'app')
  writeFileSync(join(folder, 'config/config.json'), '{"socket":"<<m>>/v1","again":"<<m>>"}')
  writeFileSync(join(folder, 'config/index.html'), 'new')
  writeFileSync(join(folder, 'config/icon.png'), BINARY)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  origin = `http://localhost:${(server.address() as AddressInfo).port}`
  handler = createSite({ ...SITE, origin })
  server.on('request', (asked, response) => handler(asked, response))
})

const SITE: SiteDescription = {
  domainName: 'd1.cloudfront.net',
  origin: '',
  defaultRootObject: 'index.html',
  headers: { 'referrer-policy': 'no-referrer', 'strict-transport-security': 'max-age=1' },
  errorPages: [],
  deployments: [
    {
      folder: join(folder, 'web'),
      markers: {},
      cacheControl: 'immutable',
      include: ['assets/*'],
      exclude: ['*'],
    },
    {
      folder: join(folder, 'web'),
      markers: {},
      cacheControl: 'no-cache',
      include: [],
      exclude: ['assets/*'],
    },
    { folder: join(folder, 'config'), markers: { '<<m>>': 'ws://$&' }, include: [], exclude: [] },
  ],
}

afterAll(async () => {
  await new Promise((resolve) => server.close(resolve))
  rmSync(folder, { recursive: true })
})

/** Sends the path as it is, which fetch would tidy. */
async function get(path: string, headers: Record<string, string> = {}) {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>()
  const { port, host } = new URL(origin)
  request({ host: '127.0.0.1', port, path, headers: { host, ...headers }, agent: false }, resolve)
    .on('error', reject)
    .end()
  const response = await promise
  return { status: response.statusCode, headers: response.headers, body: await text(response) }
}

describe('the served site', () => {
  it('holds what its deployments put there, each with its caching', async () => {
    expect(await get('/assets/app.js')).toMatchObject({
      status: 200,
      body: 'app',
      headers: { 'cache-control': 'immutable', 'referrer-policy': 'no-referrer' },
    })
  })

  it('has the later of two files at one path', async () => {
    expect(await get('/')).toMatchObject({ status: 200, body: 'new' })
  })

  it('has deploy-time values in place of their markers', async () => {
    const { body, headers } = await get('/config.json')
    expect(JSON.parse(body)).toEqual({ socket: 'ws://$&/v1', again: 'ws://$&' })
    expect(headers['content-length']).toBe(String(body.length))
  })

  it('leaves the bytes around a marker as they are', async () => {
    const response = await fetch(`${origin}/icon.png`)
    expect(Buffer.from(await response.arrayBuffer())).toEqual(
      Buffer.concat([BINARY.subarray(0, 4), Buffer.from('ws://$&')]),
    )
  })

  it('cannot be left by its path', async () => {
    for (const path of [
      '/../config/config.json',
      '/assets/../../config/config.json',
      '/..%2fconfig%2fconfig.json',
    ]) {
      expect((await get(path)).status).toBe(403)
    }
  })

  it('answers a file that the browser has with 304', async () => {
    const { etag } = (await get('/')).headers
    expect(await get('/', { 'if-none-match': String(etag) })).toMatchObject({ status: 304, body: '' })
  })

  it('tells browsers to insist on https only where they can', async () => {
    expect((await get('/')).headers).not.toHaveProperty('strict-transport-security')
    handler = createSite({ ...SITE, origin }, { strictTransport: true })
    expect((await get('/')).headers).toHaveProperty('strict-transport-security', 'max-age=1')
  })

  it('leads from the address of this machine to its name', async () => {
    const { port } = new URL(origin)
    expect(await get('/x', { host: `127.0.0.1:${port}` })).toMatchObject({
      status: 307,
      headers: { location: `${origin}/x` },
    })
  })
})
