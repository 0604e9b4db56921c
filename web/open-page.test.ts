import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { appLink } from '../protocol/app-link.ts'
import { loopbackIssuer } from './identity/testing/loopback-issuer.ts'
import { openPage } from './open-page.ts'
import type { Page } from './page.ts'
import { plainTab } from './testing/plain-tab.ts'

const SITE = 'https://site.example.org'
const DEVICE = 'd'.repeat(43)
const CODE = 'c'.repeat(22)
const SECRET = 's'.repeat(22)

let issuer: Awaited<ReturnType<typeof loopbackIssuer>>
let browser: ReturnType<typeof plainTab>

beforeEach(async () => {
  issuer = await loopbackIssuer()
  const signIn = { issuer: issuer.issuer, clientId: 'app', scope: 'openid email' }
  browser = plainTab(SITE, { socket: 'wss://socket.example.org', signIn })
})
afterEach(async () => {
  vi.unstubAllGlobals()
  await issuer.close()
})

async function open(href: string, phase: string): Promise<Page> {
  browser.goTo(href)
  const page = openPage()
  await vi.waitFor(() => expect(page.session.value.phase).toBe(phase))
  return page
}

/** Leaves for the issuer; its answer to the person is the address that is returned. */
async function leaveToSignIn(page: Page): Promise<string> {
  page.actions.signIn()
  const left = await vi.waitFor(() => new URL(browser.left() ?? ''))
  return `${SITE}/?code=abc&state=${left.searchParams.get('state')}`
}

it('a page that comes before the network does goes on by itself when its settings can be loaded', async () => {
  browser.setOffline(true)
  browser.goTo(`${SITE}/`)
  const page = openPage()
  await vi.waitFor(() => expect(page.settings.value).toBe('unreachable'))
  expect(page.session.value.phase).toBe('checking')
  browser.setOffline(false)
  await vi.waitFor(() => expect(page.session.value.phase).toBe('signed-out'))
  expect(page.settings.value).toBe('loaded')
})

const fields = (text: string | null | undefined) => Object.keys(JSON.parse(text ?? '')).sort()

it('[R39] a pairing code is in the tab’s storage alone, through a sign-in that it outlives', async () => {
  const page = await open(appLink(SITE, { kind: 'pair', device: DEVICE, code: CODE }), 'signed-out')
  const answer = await leaveToSignIn(page)
  const back = await open(answer, 'signed-in')
  expect(back.visit.value).toEqual({ kind: 'pair', device: DEVICE, code: CODE })

  const state = `oidc.${new URL(answer).searchParams.get('state')}`
  const person = `oidc.user:${issuer.issuer}:app`
  const { kept, tab } = browser
  expect(new Set(kept.written.map(([key]) => key))).toEqual(new Set(['mihari.probe', state, person]))
  const begun = kept.written.find(([key]) => key === state)?.[1]
  expect(fields(begun)).toEqual([
    'authority',
    'client_id',
    'code_verifier',
    'created',
    'extraTokenParams',
    'id',
    'redirect_uri',
    'request_type',
    'scope',
  ])
  expect(kept.standing().map(([key]) => key)).toEqual([person])
  expect(JSON.stringify(kept.written)).not.toContain(CODE)

  expect(new Set(tab.written.map(([key]) => key))).toEqual(new Set(['mihari.probe', 'mihari.visit']))
  const visit = JSON.stringify({ kind: 'pair', device: DEVICE, code: CODE })
  expect(tab.standing()).toEqual([['mihari.visit', visit]])

  back.actions.endVisit()
  expect(tab.standing()).toEqual([])
})

it('a guest’s secret is in the tab’s storage alone, and nowhere once its bearer signs in', async () => {
  const guest = await open(appLink(SITE, { kind: 'guest', device: DEVICE, secret: SECRET }), 'guest')
  const { kept, tab } = browser
  const visit = JSON.stringify({ kind: 'guest', device: DEVICE, secret: SECRET })
  expect(tab.standing()).toEqual([['mihari.visit', visit]])
  guest.actions.endVisit()
  const page = await open(`${SITE}/`, 'signed-out')
  await open(await leaveToSignIn(page), 'signed-in')
  expect(tab.standing()).toEqual([])
  expect(JSON.stringify(kept.written)).not.toContain(SECRET)
})
