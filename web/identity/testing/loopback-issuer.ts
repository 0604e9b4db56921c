import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

type TokenAnswer = { readonly status: number; readonly body: string; readonly type?: string }

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** The endpoints that a page speaks with itself; the person at the issuer's page is played by the test. */
export async function loopbackIssuer() {
  const asked: Record<string, string>[] = []
  let tokens = 0
  let answer: TokenAnswer | null = null
  const server = createServer(async (request, response): Promise<unknown> => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const reply = (status: number, body: string, type = 'application/json') =>
      response.writeHead(status, { 'content-type': type }).end(body)
    if (request.url === '/.well-known/openid-configuration') return reply(200, JSON.stringify(metadata()))
    asked.push({
      path: request.url ?? '',
      ...Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString())),
    })
    if (request.url !== '/token') return reply(200, '')
    if (answer !== null) return reply(answer.status, answer.body, answer.type)
    tokens += 1
    return reply(200, JSON.stringify(fresh()))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  function metadata() {
    const at = (path: string) => `${issuer}/${path}`
    return {
      issuer,
      authorization_endpoint: at('authorize'),
      token_endpoint: at('token'),
      revocation_endpoint: at('revoke'),
    }
  }

  function fresh() {
    const iat = Math.floor(Date.now() / 1000)
    const claims = {
      iss: issuer,
      sub: 'ann',
      aud: 'app',
      iat,
      exp: iat + 3600,
      email: 'ann@example.org',
      n: tokens,
    }
    return {
      id_token: `${encode({ alg: 'none' })}.${encode(claims)}.x`,
      access_token: `access ${tokens}`,
      refresh_token: `refresh ${tokens}`,
      token_type: 'Bearer',
      expires_in: 1800,
    }
  }

  return {
    issuer,
    /** Of its other endpoints, in order. */
    asked,
    /** From now on, to whoever wants a token. */
    answers(status: number, body: unknown, type?: string) {
      const text = typeof body === 'string' ? body : JSON.stringify(body)
      answer = { status, body: text, ...(type === undefined ? {} : { type }) }
    },
    close: () => new Promise((resolve) => server.close(resolve)),
    claimsOf: (token: string): { n: number } =>
      JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()),
  }
}
