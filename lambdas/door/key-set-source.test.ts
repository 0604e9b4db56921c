import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { createKeySetSource } from './key-set-source.ts'
import { jwksOf, publicJwk, signingKey } from './testing/issuer.ts'

const key = signingKey('k')
let close: (() => void) | undefined
afterEach(() => close?.())

async function serve(answer: RequestListener): Promise<string> {
  const server = createServer(answer)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  close = () => {
    server.closeAllConnections()
    server.close()
  }
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const serveText = (text: string, status = 200) =>
  serve((_request, response) => response.writeHead(status).end(text))

const source = (issuer: string, jwksUrl: string, signal = new AbortController().signal) =>
  createKeySetSource({ issuer, jwksUrl, fetch, deadline: () => signal })

const fetchFrom = async (jwksUrl: string) => JSON.parse(await source('https://i.example', jwksUrl)())

describe('fetching the issuer’s keys', () => {
  it('takes them from the configured address', async () => {
    expect(await fetchFrom(await serveText(jwksOf(key)))).toEqual({ keys: [publicJwk(key)] })
  })

  it.each(['/pool', '/pool/'])('finds the address in the metadata of the issuer at %s', async (path) => {
    const site = await serve((request, response) => {
      const issuer = `http://${request.headers.host}${path}`
      const found = request.url === '/pool/.well-known/openid-configuration'
      response.end(found ? JSON.stringify({ issuer, jwks_uri: `${issuer}keys` }) : jwksOf(key))
    })
    expect(JSON.parse(await source(`${site}${path}`, '')())).toEqual({ keys: [publicJwk(key)] })
  })

  it('refuses the metadata of another issuer', async () => {
    const site = await serve((request, response) =>
      response.end(
        JSON.stringify({ issuer: 'https://evil.example', jwks_uri: `http://${request.headers.host}` }),
      ),
    )
    await expect(source(site, '')()).rejects.toMatchObject({ reason: 'another-issuer' })
  })

  it('keeps nothing but public keys for signatures, and of those no more than it takes', async () => {
    const jwks = {
      keys: [
        { ...publicJwk(key), x5c: ['a'.repeat(1_000)], x5u: 'https://evil.example' },
        { kty: 'oct', kid: 'symmetric', k: 'AAAA' },
        { ...publicJwk(signingKey('enc')), use: 'enc' },
        { ...publicJwk(signingKey('private')), d: 'secret' },
        null,
        7,
      ],
    }
    const { keys } = await fetchFrom(await serveText(JSON.stringify(jwks)))
    expect(keys.map(({ kid }: { kid: string }) => kid)).toEqual(['k', 'private'])
    expect(JSON.stringify(keys)).not.toMatch(/secret|x5c|x5u/)
  })

  it.each([
    ['no JSON', 'oops', 200, 'malformed'],
    ['no keys', '{"keys":[]}', 200, 'malformed'],
    ['nothing but keys for other things', '{"keys":[{"kty":"oct","k":"AAAA"}]}', 200, 'malformed'],
    ['something else', '"keys"', 200, 'malformed'],
    ['an error', '{}', 500, 'bad-status'],
    ['more than it may', ' '.repeat(200_000), 200, 'too-large'],
  ])('fails when it gets %s', async (_what, text, status, reason) => {
    const url = await serveText(text, status)
    await expect(source('https://i.example', url)()).rejects.toMatchObject({ reason })
  })

  it('stops reading what never ends', async () => {
    const url = await serve((_request, response) => {
      const more = () => {
        while (response.write(' '.repeat(16_384)));
      }
      response.on('drain', more)
      more()
    })
    await expect(source('https://i.example', url)()).rejects.toMatchObject({ reason: 'too-large' })
  })

  it('follows no redirection, for it could lead out of the network that the address was meant for', async () => {
    const url = await serve((request, response) => {
      if (request.url === '/keys') response.end(jwksOf(key))
      else response.writeHead(302, { location: '/keys' }).end()
    })
    await expect(source('https://i.example', url)()).rejects.toMatchObject({ reason: 'unreachable' })
    expect(await fetchFrom(`${url}/keys`)).toHaveProperty('keys')
  })

  it('fails at its deadline when the issuer does not answer', async () => {
    const deadline = new AbortController()
    const url = await serve(() => deadline.abort())
    await expect(source('https://i.example', url, deadline.signal)()).rejects.toMatchObject({
      reason: 'unreachable',
    })
  })

  it('fails at its deadline when the issuer does not finish', async () => {
    const deadline = new AbortController()
    const url = await serve((_request, response) => {
      response.write('{', () => deadline.abort())
    })
    await expect(source('https://i.example', url, deadline.signal)()).rejects.toMatchObject({
      reason: 'unreachable',
    })
  })

  it('fails when nobody is there', async () => {
    const url = await serveText('')
    close?.()
    await expect(source('https://i.example', url)()).rejects.toMatchObject({ reason: 'unreachable' })
  })

  it.each(['http://issuer.example/keys', 'http://127.0.0.1.evil.example/keys', 'file:///etc/passwd', 'keys'])(
    'takes keys over no line that others can write to: %s',
    async (url) => {
      const fetch = () => Promise.reject(new Error('fetched'))
      const deadline = () => new AbortController().signal
      const fetchKeySet = createKeySetSource({ issuer: 'https://i.example', jwksUrl: url, fetch, deadline })
      await expect(fetchKeySet()).rejects.toMatchObject({ reason: 'insecure-address' })
    },
  )
})
