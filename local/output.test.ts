import { describe, expect, it } from 'vitest'
import { terminalQr } from '../edge-connector/pairing/terminal-qr.ts'
import { createOutput, type Ready } from './output.ts'

const READY: Ready = {
  url: 'http://localhost:8080/',
  signInLink: 'http://localhost:8080/identity/enter#code',
  cameras: [],
  lan: false,
  socketUrl: 'ws://localhost:8080/v1',
}

const OWN = { fingerprint: 'AA:BB', certFile: '.mihari/tls/certificate.pem' }

const MAIL = { to: 'a@example.org', link: 'http://x/#c', validSeconds: 7 * 24 * 3600 }

type Say = (output: ReturnType<typeof createOutput>) => Promise<void> | void

async function written(json: boolean, say: Say): Promise<string> {
  let text = ''
  await say(createOutput(json, (part) => (text += part)))
  return text
}

describe('the banner', () => {
  it('opens with the link that signs the owner in', async () => {
    const text = await written(false, (output) => output.ready(READY))
    const [first, second] = text.split('\n').filter(Boolean)
    expect(first).toBe('Open http://localhost:8080/identity/enter#code to sign in as the owner')
    expect(second).toContain('two simulated cameras')
  })

  it('says how a further connector is started, and with an own certificate how it comes to trust that', async () => {
    const command =
      'node dist/connector/mihari-connector.cjs --cloud ws://localhost:8080/v1 --camera NAME=ws://…'
    expect(await written(false, (output) => output.ready(READY))).toContain(`connector: ${command}\n`)
    expect(await written(false, (output) => output.ready({ ...READY, own: OWN }))).toContain(
      `connector: NODE_EXTRA_CA_CERTS=".mihari/tls/certificate.pem" ${command}\n`,
    )
  })

  it('of this machine alone speaks of no certificate, and has no code for a phone', async () => {
    expect(await written(false, (output) => output.ready(READY))).not.toMatch(/certificate|█/)
  })

  it('for the network has the link as a code, and says what the browser will warn of and what to compare', async () => {
    const text = await written(false, (output) => output.ready({ ...READY, lan: true, own: OWN }))
    for (const line of await terminalQr(READY.signInLink)) expect(text).toContain(`${line}\n`)
    expect(text).toContain(
      'The browser will warn once, because this certificate was made on this machine and nobody vouches for it.',
    )
    expect(text).toMatch(/^AA:BB$/m)
  })

  it('with a certificate that browsers know says nothing of it', async () => {
    expect(await written(false, (output) => output.ready({ ...READY, lan: true }))).not.toContain(
      'certificate',
    )
  })
})

describe('for a program', () => {
  const event = async (say: Say) => JSON.parse(await written(true, say))

  it('ready has the page and the sign-in link', async () => {
    expect(await event((output) => output.ready(READY))).toEqual({
      event: 'ready',
      url: READY.url,
      signIn: READY.signInLink,
    })
  })

  it('a mail is an event with its address and link', async () => {
    expect(await event((output) => output.mail(MAIL))).toEqual({
      event: 'mail',
      to: 'a@example.org',
      link: 'http://x/#c',
    })
  })
})

it('a connector that waits to be paired is said with its link', async () => {
  expect(await written(false, (output) => output.pairing('http://x/#pair=y'))).toMatch(
    / http:\/\/x\/#pair=y\n$/,
  )
  expect(JSON.parse(await written(true, (output) => output.pairing('http://x/#pair=y')))).toEqual({
    event: 'pairing',
    link: 'http://x/#pair=y',
  })
})

it('a mail is shown as what it is: a link, whose, how often it is good and how long', async () => {
  const text = await written(false, (output) => output.mail(MAIL))
  expect(text).toBe('\nSign-in link for a@example.org, good once, for 7 days: http://x/#c\n')
})
