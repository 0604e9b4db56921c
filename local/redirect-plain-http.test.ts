import { once } from 'node:events'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Listener, openListener, type TlsKeyPair } from './listener.ts'
import { sendHttp } from './send-http.ts'
import { createCertificate } from './tls/create-certificate.ts'

const LOCALHOST = '127.0.0.1'

let tls: TlsKeyPair
beforeAll(async () => {
  tls = await createCertificate({ commonName: 'Test', hosts: [LOCALHOST], days: 1, now: Date.now() })
})

let listener: Listener | undefined
afterEach(() => listener?.close())

async function open() {
  const origin = (port: number) => `https://pi.local:${port}`
  const opened = await openListener(LOCALHOST, 0, { tls: { ...tls, origin } })
  if (opened === 'port-taken') throw new Error(opened)
  listener = opened
  opened.serve((request, response) => response.end(`by https: ${request.url}`))
  return opened
}

/** Says it as it is, and hears everything until the end. */
async function say(port: number, words: string): Promise<string> {
  const socket = connect(port, LOCALHOST)
  socket.write(words)
  return text(socket)
}

describe('an address that is served by https', () => {
  it('answers plain http at the same port with the way to the page by https', async () => {
    const { port } = await open()
    for (const method of ['GET', 'HEAD', 'POST']) {
      const answer = await say(port, `${method} /a?b=c HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`)
      expect(answer).toMatch(/^HTTP\/1\.1 307 /)
      expect(answer).toContain(`\r\nLocation: https://pi.local:${port}/a?b=c\r\n`)
    }
  })

  it('leads nowhere else, whatever is asked for', async () => {
    const { port } = await open()
    const answer = await say(port, `GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\n\r\n`)
    expect(answer).toContain(`\r\nLocation: https://pi.local:${port}/\r\n`)
    expect(answer).not.toContain('evil')
  })

  it('serves https as ever', async () => {
    const { port } = await open()
    const answer = await sendHttp(`https://${LOCALHOST}:${port}/page`, { ca: tls.cert })
    expect(answer).toMatchObject({ status: 200, body: 'by https: /page' })
  })

  it('survives who says nothing, leaves at once, or talks nonsense', async () => {
    const { port } = await open()
    connect(port, LOCALHOST).end()
    connect(port, LOCALHOST).resetAndDestroy()
    expect(await say(port, 'nonsense\r\n\r\n')).toMatch(/^(HTTP\/1\.1 400 |$)/)
    expect((await sendHttp(`https://${LOCALHOST}:${port}/`, { ca: tls.cert })).status).toBe(200)
  })

  it('closes while somebody is connected who has not said anything', async () => {
    const opened = await open()
    const silent = connect(opened.port, LOCALHOST)
    await once(silent, 'connect')
    const closed = once(silent, 'close')
    // Answered, so the one who came before has been taken.
    await sendHttp(`https://${LOCALHOST}:${opened.port}/`, { ca: tls.cert })
    await opened.close()
    await closed
    listener = undefined
  })
})
