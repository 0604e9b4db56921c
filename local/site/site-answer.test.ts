import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { SiteDescription } from '../template/cloud-description.ts'
import { answerSite } from './site-answer.ts'
import type { SiteRequest } from './site-exchange.ts'
import { createSiteFile } from './site-file.ts'

const SITE: SiteDescription = {
  domainName: 'd1.cloudfront.net',
  origin: 'http://localhost:8080',
  defaultRootObject: 'index.html',
  deployments: [],
  headers: {
    'content-security-policy': "default-src 'none'",
  },
  errorPages: [{ status: 403, answer: 404, path: '/index.html' }],
}

const PAGE = Buffer.from('<!doctype html>')
const SCRIPT = Buffer.from('globalThis.started = true\n'.repeat(100))

const BUCKET = new Map([
  ['index.html', createSiteFile('index.html', PAGE, 'no-cache')],
  ['assets/app.js', createSiteFile('assets/app.js', SCRIPT, 'public, max-age=31536000, immutable')],
  ['assets/video.png', createSiteFile('assets/video.png', Buffer.alloc(5000), undefined)],
])

function ask(url: string, request: Partial<SiteRequest> = {}, site = SITE) {
  return answerSite(site, BUCKET, {
    method: 'GET',
    url,
    host: 'localhost:8080',
    acceptEncoding: undefined,
    ifNoneMatch: undefined,
    ...request,
  })
}

describe('the site', () => {
  it('answers / with the default root object', () => {
    const { status, headers, body } = ask('/?from=mail')
    expect(status).toBe(200)
    expect(headers).toMatchObject({
      'content-type': 'text/html',
      'cache-control': 'no-cache',
      'content-length': PAGE.length,
      'content-security-policy': "default-src 'none'",
    })
    expect(body).toEqual(PAGE)
  })

  it('gives each file the caching of its deployment', () => {
    expect(ask('/assets/app.js').headers).toMatchObject({
      'content-type': 'text/javascript',
      'cache-control': 'public, max-age=31536000, immutable',
    })
    expect(ask('/assets/video.png').headers).not.toHaveProperty('cache-control')
  })

  it('answers HEAD with the headers alone', () => {
    const { status, headers, body } = ask('/assets/app.js', { method: 'HEAD' })
    expect({ status, length: headers['content-length'], body }).toEqual({
      status: 200,
      length: SCRIPT.length,
      body: undefined,
    })
  })

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'])('refuses %s', (method) => {
    const { status, body } = ask('/', { method })
    expect({ status, body: body?.toString() }).toEqual({ status: 403, body: 'Access denied\n' })
  })

  it.each([
    '/gone',
    '/assets/',
    '/assets',
    '/%',
    '/../package.json',
    '/..%2Fpackage.json',
    '/%2e%2e/x',
    '//etc/passwd',
  ])('answers %s, which is no file of it, with the error page', (url) => {
    const { status, body } = ask(url)
    expect({ status, body }).toEqual({ status: 404, body: PAGE })
  })

  it('says that access is denied when the distribution has no error page, as the bucket does', () => {
    const { status, headers } = ask('/gone', {}, { ...SITE, errorPages: [] })
    expect(status).toBe(403)
    expect(headers).toHaveProperty('content-security-policy')
  })
})

describe('compression', () => {
  it.each<[string, string | undefined, (body: Buffer) => Buffer]>([
    ['gzip, deflate, br, zstd', 'br', brotliDecompressSync],
    ['gzip', 'gzip', gunzipSync],
    ['br;q=0, gzip;q=0.5', 'gzip', gunzipSync],
    ['deflate', undefined, (body) => body],
    ['', undefined, (body) => body],
  ])('for "%s" is %s', (acceptEncoding, encoding, decode) => {
    const { headers, body = Buffer.of() } = ask('/assets/app.js', { acceptEncoding })
    expect(headers['content-encoding']).toBe(encoding)
    expect(headers['content-length']).toBe(body.length)
    expect(headers.vary).toBe('Accept-Encoding')
    expect(decode(body)).toEqual(SCRIPT)
  })

  it.each(['/', '/assets/video.png'])('leaves %s as it is: too small, or compressed already', (url) => {
    const { headers } = ask(url, { acceptEncoding: 'br' })
    expect(headers).not.toHaveProperty('content-encoding')
    expect(headers).not.toHaveProperty('vary')
  })
})

describe('a file that the browser has', () => {
  const etag = String(ask('/assets/app.js').headers.etag)

  it.each([etag, `W/${etag}`, `"other", ${etag}`, '*'])(
    'is not sent again for If-None-Match: %s',
    (ifNoneMatch) => {
      const { status, headers, body } = ask('/assets/app.js', { ifNoneMatch, acceptEncoding: 'br' })
      expect({ status, body }).toEqual({ status: 304, body: undefined })
      expect(headers).toMatchObject({
        etag: `W/${etag}`,
        'cache-control': expect.stringContaining('immutable'),
      })
    },
  )

  it('is sent when it is another', () => {
    expect(ask('/assets/app.js', { ifNoneMatch: '"other"' }).status).toBe(200)
  })
})

describe('the host', () => {
  it.each(['127.0.0.1:8080', '[::1]:8080', '127.0.1.1', 'localhost:9090', 'LOCALHOST'])(
    '%s, another name of this machine, leads to the one origin',
    (host) => {
      const { status, headers } = ask('/pair?x=1', { host })
      expect(status).toBe(307)
      expect(headers.location).toBe('http://localhost:8080/pair?x=1')
    },
  )

  it.each([
    'evil.example',
    'evil.example:8080',
    '127.0.0.1.evil.example',
    'localhost.evil.example:8080',
    '',
    undefined,
  ])('%s, no name of this machine, is refused with the address to open', (host) => {
    const { status, body } = ask('/', { host })
    expect({ status, body: body?.toString() }).toEqual({
      status: 421,
      body: 'Open http://localhost:8080/ instead.\n',
    })
  })

  it('is compared without regard to case', () => {
    expect(ask('/', { host: 'LocalHost:8080' }).status).toBe(200)
  })
})
