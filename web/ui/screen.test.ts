import { expect, it } from 'vitest'
import type { SessionState } from '../identity/session-state.ts'
import type { Visit } from '../identity/visit.ts'
import { EMPTY_SNAPSHOT, type ViewerSnapshot } from '../viewer/viewer-snapshot.ts'
import { screenOf } from './screen.ts'

const PLAIN: Visit = { kind: 'plain' }
const PAIR: Visit = { kind: 'pair', device: 'd'.repeat(43), code: 'c'.repeat(22) }
const GUEST: Visit = { kind: 'guest', device: 'd'.repeat(43) }
const SIGNED_IN: SessionState = { phase: 'signed-in', name: 'anna@example.org' }
const OWNER = { kind: 'person', name: 'anna@example.org', owner: true } as const
const WELCOMED: Partial<ViewerSnapshot> = {
  link: { phase: 'welcomed', heardAt: 0, asked: 'no' },
  self: OWNER,
  cameras: new Map(),
}

function screen(session: SessionState, visit: Visit, over: Partial<ViewerSnapshot> = {}, shown = 0) {
  return screenOf({ settings: 'loaded', session, visit, snapshot: { ...EMPTY_SNAPSHOT, ...over }, shown })
}

it('says that the settings are missing before anything else', () => {
  const facts = { session: SIGNED_IN, visit: PLAIN, snapshot: EMPTY_SNAPSHOT, shown: 0 }
  expect(screenOf({ ...facts, settings: 'missing' })).toEqual({ kind: 'settings-missing' })
  expect(screenOf({ ...facts, settings: 'unreachable' })).toEqual({ kind: 'settings-unreachable' })
})

it('shows nobody who is not signed in a camera that was there before', () => {
  const before = { ...WELCOMED }
  expect(screen({ phase: 'signed-out', why: 'signed-out' }, PLAIN, before, 2)).toEqual({
    kind: 'signed-out',
    why: 'signed-out',
    pairing: false,
  })
  expect(screen({ phase: 'checking' }, PLAIN, before, 2).kind).toBe('checking')
  expect(screen({ phase: 'redirecting' }, PLAIN, before, 2).kind).toBe('redirecting')
  expect(screen({ phase: 'failed', why: 'refused' }, PLAIN, before, 2).kind).toBe('sign-in-failed')
})

it('[R24] keeps the pictures that run while the issuer cannot be reached', () => {
  const away: SessionState = { phase: 'failed', why: 'issuer-unreachable' }
  expect(screen(away, PLAIN, WELCOMED, 1)).toEqual({ kind: 'cameras' })
  expect(screen(away, PLAIN).kind).toBe('sign-in-failed')
})

it('keeps a pairing link while one signs in, and comes back to it', () => {
  expect(screen({ phase: 'signed-out', why: 'fresh' }, PAIR)).toMatchObject({ pairing: true })
  expect(screen(SIGNED_IN, PAIR)).toEqual({ kind: 'connecting' })
  expect(screen(SIGNED_IN, PAIR, WELCOMED, 3)).toMatchObject({ kind: 'pair', owner: true })
})

it('[R39] tells who is no owner that pairing is not theirs', () => {
  expect(screen(SIGNED_IN, PAIR, { ...WELCOMED, self: { ...OWNER, owner: false } })).toMatchObject({
    kind: 'pair',
    owner: false,
  })
})

it('tells an owner, another person and a guest without a camera what each can do', () => {
  const self = (owner: boolean) => ({ ...WELCOMED, self: { ...OWNER, owner } })
  expect(screen(SIGNED_IN, PLAIN, self(true))).toEqual({ kind: 'no-camera', who: 'owner' })
  expect(screen(SIGNED_IN, PLAIN, self(false))).toEqual({ kind: 'no-camera', who: 'person' })
  expect(screen({ phase: 'guest' }, GUEST, WELCOMED)).toEqual({ kind: 'no-camera', who: 'guest' })
})

it('[R30] replaces a guest’s page by the end of their link; a person’s pictures go on', () => {
  const refused = (code: string) => ({ ...WELCOMED, link: { phase: 'refused', code } as const })
  expect(screen({ phase: 'guest' }, GUEST, refused('link-revoked'), 1)).toEqual({
    kind: 'refused',
    code: 'link-revoked',
    guest: true,
  })
  expect(screen(SIGNED_IN, PLAIN, refused('unsupported-version'), 1).kind).toBe('cameras')
  expect(screen(SIGNED_IN, PLAIN, refused('unsupported-version')).kind).toBe('refused')
})

it('waits for the first welcome, then shows the cameras', () => {
  expect(screen(SIGNED_IN, PLAIN)).toEqual({ kind: 'connecting' })
  expect(screen({ phase: 'guest' }, GUEST)).toEqual({ kind: 'connecting' })
  expect(screen(SIGNED_IN, PLAIN, WELCOMED, 1)).toEqual({ kind: 'cameras' })
  expect(screen({ phase: 'guest' }, GUEST, WELCOMED, 1)).toEqual({ kind: 'cameras' })
})
