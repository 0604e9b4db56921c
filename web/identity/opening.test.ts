import { beforeEach, expect, it } from 'vitest'
import { appLink } from '../../protocol/app-link.ts'
import { safeStorage } from '../browser/safe-storage.ts'
import { forgetVisit, readOpening } from './opening.ts'

const SITE = 'https://example.org'
const DEVICE = 'd'.repeat(43)
const CODE = 'c'.repeat(22)
const SECRET = 's'.repeat(22)
const PAIR = appLink(SITE, { kind: 'pair', device: DEVICE, code: CODE })
const GUEST = appLink(SITE, { kind: 'guest', device: DEVICE, secret: SECRET })

let tab: Storage
beforeEach(() => {
  tab = safeStorage(() => {
    throw new Error('none')
  })
})
const open = (href = `${SITE}/`) => readOpening(href, tab)

it('without a link it is a plain visit', () => {
  expect(open()).toEqual({
    visit: { kind: 'plain' },
    secret: null,
    signInNow: false,
    signedInBy: null,
    address: '/',
  })
})

it('a guest’s link opens to its device, and its secret is in neither the visit nor the address', () => {
  const opening = open(GUEST)
  expect(opening).toMatchObject({ visit: { kind: 'guest', device: DEVICE }, secret: SECRET, address: '/' })
  expect(JSON.stringify(opening.visit)).not.toContain(SECRET)
})

it('a pairing link opens to its device and code', () => {
  expect(open(PAIR)).toMatchObject({ visit: { kind: 'pair', device: DEVICE, code: CODE }, address: '/' })
})

it.each([
  ['guest', GUEST],
  ['pair', PAIR],
])('a %s visit outlives a reload, until it is put away', (_kind, link) => {
  const { visit, secret } = open(link)
  expect(open()).toMatchObject({ visit, secret })
  forgetVisit(tab)
  expect(open().visit).toEqual({ kind: 'plain' })
})

it('a pairing outlives that one signs in by a link: it may be what one signs in for', () => {
  const { visit } = open(PAIR)
  expect(open(`${SITE}/#sign-in`)).toMatchObject({ visit, signInNow: true })
})

it('a newer link replaces what the tab was opened for, and who signs in is a guest no more', () => {
  open(GUEST)
  expect(open(PAIR)).toMatchObject({ visit: { kind: 'pair' }, secret: null })
  open(GUEST)
  expect(open(`${SITE}/#sign-in`)).toMatchObject({ visit: { kind: 'plain' }, secret: null, signInNow: true })
  expect(open()).toMatchObject({ visit: { kind: 'plain' }, signInNow: false })
})

it.each(['?code=abc&state=def', '?error=access_denied&state=def'])(
  'what the issuer answers in %s is read and taken out of the address',
  (query) => {
    const href = `${SITE}/${query}`
    expect(open(href)).toMatchObject({ signedInBy: href, address: '/' })
  },
)

it.each(['?code=abc', '?state=def', '?codes=1'])('%s is no answer of an issuer’s', (query) => {
  expect(open(`${SITE}/${query}`).signedInBy).toBeNull()
})

it.each(['no JSON', '{}', '{"kind":"guest","device":"short","secret":"short"}', 'null'])(
  'what a tab has kept is not taken on trust: %s',
  (kept) => {
    tab.setItem('mihari.visit', kept)
    expect(open().visit).toEqual({ kind: 'plain' })
  },
)

it('a pairing outlives that one leaves for the issuer and comes back', () => {
  const { visit } = open(PAIR)
  expect(open(`${SITE}/?code=abc&state=def`)).toMatchObject({
    visit,
    signedInBy: `${SITE}/?code=abc&state=def`,
  })
})
