import { describe, expect, it } from 'vitest'
import { createOutput, type Ready } from './output.ts'

const READY: Ready = {
  url: 'http://localhost:8080/',
  signInLink: 'http://localhost:8080/identity/enter#code',
  cameras: [],
  lan: false,
}

const MAIL = { to: 'a@example.org', link: 'http://x/#c', validSeconds: 7 * 24 * 3600 }

function written(json: boolean, say: (output: ReturnType<typeof createOutput>) => void): string {
  let text = ''
  say(createOutput(json, (part) => (text += part)))
  return text
}

describe('the banner', () => {
  it('opens with the link that signs the owner in', () => {
    const [first, second] = written(false, (output) => output.ready(READY))
      .split('\n')
      .filter(Boolean)
    expect(first).toBe('Open http://localhost:8080/identity/enter#code to sign in as the owner')
    expect(second).toContain('two simulated cameras')
  })

  it('of this machine alone speaks of no certificate, and has no code for a phone', () => {
    expect(written(false, (output) => output.ready(READY))).not.toMatch(/certificate|█/)
  })

  it('for the network has the link as a code, and says what the browser will ask and what to compare', () => {
    const text = written(false, (output) => output.ready({ ...READY, lan: true, fingerprint: 'AA:BB' }))
    expect(text).toMatch(/█▀▀▀▀▀/)
    expect(text).toContain('The browser will ask')
    expect(text).toMatch(/^AA:BB$/m)
  })

  it('with a certificate that browsers know says nothing of it', () => {
    expect(written(false, (output) => output.ready({ ...READY, lan: true }))).not.toContain('certificate')
  })
})

describe('for a program', () => {
  const event = (say: (output: ReturnType<typeof createOutput>) => void) => JSON.parse(written(true, say))

  it('ready has the page and the sign-in link', () => {
    expect(event((output) => output.ready(READY))).toEqual({
      event: 'ready',
      url: READY.url,
      signIn: READY.signInLink,
    })
  })

  it('a mail is an event with its address and link', () => {
    expect(event((output) => output.mail(MAIL))).toEqual({
      event: 'mail',
      to: 'a@example.org',
      link: 'http://x/#c',
    })
  })
})

it('a mail is shown as what it is: a link, whose, how often it is good and how long', () => {
  const text = written(false, (output) => output.mail(MAIL))
  expect(text).toBe('\nSign-in link for a@example.org, good once, for 7 days: http://x/#c\n')
})
