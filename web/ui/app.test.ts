import { signal } from '@preact/signals'
import { h } from 'preact'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { VisibleCamera } from '../../protocol/welcome.ts'
import type { SessionState } from '../identity/session-state.ts'
import type { Visit } from '../identity/visit.ts'
import { en } from '../text/en.ts'
import { PANELS_EN } from '../text/panels-en.ts'
import type { CallState } from '../viewer/call/call-state.ts'
import { visibleCamera } from '../viewer/testing/samples.ts'
import { App } from './app.tsx'
import { READ_MS } from './pairing/use-paired-notice.ts'
import { GrantList } from './sharing/grant-list.tsx'
import { elementsOf } from './testing/plain-document.ts'
import { button, closeStage, draw, openStage, press, root, samplePage } from './testing/sample-page.ts'

const DEVICE = 'd'.repeat(43)
const PORCH = `${DEVICE}.porch`
const CODE = 'c'.repeat(22)
const PAIR: Visit = { kind: 'pair', device: DEVICE, code: CODE }
const GUEST: SessionState = { phase: 'guest' }
const porch = (over: Partial<VisibleCamera> = {}) =>
  new Map([[PORCH, visibleCamera({ camera: PORCH, ...over })]])
const grandma = { call: 'g', camera: PORCH, name: 'Grandma', role: 'guest', startedAt: 1 } as const

beforeEach(openStage)
afterEach(() => {
  vi.useRealTimers()
  closeStage()
})

it('[R43] a camera of a new device can only be added, not called', () => {
  const { page, done } = samplePage({ cameras: porch(), newDevices: new Set([DEVICE]) })
  draw(h(App, { page }))
  expect(root().textContent).toContain(en.newCamera.advice.owner)
  expect(button('Watch live Porch')).toBeUndefined()
  expect(button('Share Porch')).toBeUndefined()
  press('Add Porch')
  expect(done).toEqual([['acceptDevice', DEVICE]])
})

it('[R43] who is no owner is told to add a new camera if its owner has told them of it', () => {
  const self = { kind: 'person', name: 'ben@example.org', owner: false } as const
  const cameras = porch({ role: 'viewer' })
  draw(h(App, { page: samplePage({ self, cameras, newDevices: new Set([DEVICE]) }).page }))
  expect(root().textContent).toContain(en.newCamera.advice.other)
  expect(root().textContent).not.toContain(en.newCamera.advice.owner)
})

it('[R37] at a full camera an owner may take over, and reads who is told; a viewer may not', () => {
  const full = (role: 'owner' | 'viewer') => ({
    cameras: porch({ state: 'busy', role }),
    watchers: new Map([[PORCH, [grandma]]]),
  })
  draw(h(App, { page: samplePage(full('viewer')).page }))
  expect(button('Take over')).toBeUndefined()
  const { page, done } = samplePage(full('owner'))
  draw(h(App, { page }))
  expect(root().textContent).toContain(en.sharing.takeOver('Grandma').advice)
  expect(root().textContent).not.toContain(en.presenceAdvice.busy)
  expect(button('Try anyway Porch')).toBeUndefined()
  press('Take over')
  expect(done).toEqual([['takeOver', PORCH]])
})

it('only an owner is shown the way to share', () => {
  draw(h(App, { page: samplePage({ cameras: porch({ role: 'viewer' }) }).page }))
  expect(button('Share Porch')).toBeUndefined()
  draw(h(App, { page: samplePage({ cameras: porch() }).page }))
  expect(button('Share Porch')).toBeDefined()
})

it('[R42] an offer that is not genuine is an alert, with what it means and what to do', () => {
  const failure = { code: 'offer-not-genuine' }
  const calls = new Map([[PORCH, { phase: 'failed', call: 'c', camera: PORCH, failure } as const]])
  draw(h(App, { page: samplePage({ cameras: porch(), calls }).page }))
  const alert = elementsOf(root()).find(
    (element) => element.attribute('role') === 'alert' && element.textContent !== '',
  )
  expect(alert?.textContent).toBe(
    en.failures['offer-not-genuine'].what + en.failures['offer-not-genuine'].advice,
  )
})

it('[R48] a picture that was lost leaves its last frame, a word, and the way out, and no error', () => {
  const call = { phase: 'failed', call: 'c', camera: PORCH, failure: { code: 'no-reply' } } as const
  const regain = { phase: 'resting', lost: 'b', why: 'broke-off', tries: 1 } as const
  const calls = new Map([[PORCH, call]])
  const { page, viewer, done } = samplePage({ cameras: porch(), calls, regains: new Map([[PORCH, regain]]) })
  draw(h(App, { page }))
  expect(root().textContent).toContain(en.regain['broke-off'].what)
  expect(root().textContent).not.toContain(en.failures['no-reply'].what)
  expect(button('Try again')).toBeUndefined()
  expect(elementsOf(root()).some(({ localName }) => localName === 'canvas')).toBe(true)
  press(en.action.cancel)
  expect(done).toEqual([['leave', PORCH]])

  viewer.value = { ...viewer.value, regains: new Map([[PORCH, { phase: 'off' }]]) }
  draw(h(App, { page }))
  expect(root().textContent).toContain(en.failures['no-reply'].what)
  expect(button('Try again')).toBeDefined()
})

it('[R37] an owner may take over also while a lost picture is called again at a full camera', () => {
  const regain = { phase: 'resting', lost: 'b', why: 'camera-busy', tries: 4 } as const
  const { page, done } = samplePage({
    cameras: porch({ state: 'busy' }),
    regains: new Map([[PORCH, regain]]),
    watchers: new Map([[PORCH, [grandma]]]),
  })
  draw(h(App, { page }))
  expect(root().textContent).toContain(en.regain['camera-busy'].what)
  press('Take over')
  expect(done).toEqual([['takeOver', PORCH]])
})

it('a failed call whose camera was removed since says that it is gone, and offers neither to try again nor to take over', () => {
  const call = { phase: 'failed', call: 'c', camera: PORCH, failure: { code: 'camera-busy' } } as const
  const calls = new Map([[PORCH, call]])
  const watchers = new Map([[PORCH, [grandma]]])
  const { page, viewer } = samplePage({ cameras: porch({ state: 'busy' }), calls, watchers })
  draw(h(App, { page }))
  expect(button('Take over')).toBeDefined()
  viewer.value = { ...viewer.value, cameras: porch({ state: 'removed' }) }
  draw(h(App, { page }))
  expect(root().textContent).toContain(en.call.gone.what)
  expect(root().textContent).not.toContain(en.failures['camera-busy'].what)
  expect(button(en.action.tryAgain)).toBeUndefined()
  expect(button('Take over')).toBeUndefined()
})

it('[R37] a call that found the camera full leaves no other way than to take over or to close', () => {
  const call = { phase: 'failed', call: 'c', camera: PORCH, failure: { code: 'camera-busy' } } as const
  const calls = new Map([[PORCH, call]])
  const { page, viewer } = samplePage({ cameras: porch(), calls, watchers: new Map([[PORCH, [grandma]]]) })
  draw(h(App, { page }))
  expect(root().textContent).toContain(en.failures['camera-busy'].what)
  expect(root().textContent).not.toContain(en.failures['camera-busy'].advice)
  expect(button('Take over')).toBeDefined()
  expect(button('Try again')).toBeUndefined()

  viewer.value = { ...viewer.value, watchers: new Map() }
  draw(h(App, { page }))
  expect(root().textContent).toContain(en.failures['camera-busy'].advice)
  expect(button('Try again')).toBeDefined()
})

it('[R25] a camera is not said to be busy with one’s own call, and nothing is said of one that is shut off', () => {
  const until = Date.now() + 60_000
  const cameras = porch({ role: 'guest', state: 'busy', until })
  const calling = {
    phase: 'calling',
    call: 'c',
    camera: PORCH,
    takeOver: false,
    progress: 'asked',
    early: [],
  }
  const calls = (call: object) => new Map([[PORCH, call as CallState]])
  const { page, viewer } = samplePage({ cameras, calls: calls(calling) })
  draw(h(App, { page }))
  expect(root().textContent).not.toContain(en.presence.busy)
  expect(root().textContent).toContain('Until')
  viewer.value = {
    ...viewer.value,
    calls: calls({ phase: 'ended', call: 'c', camera: PORCH, reason: 'taken-over' }),
  }
  draw(h(App, { page }))
  expect(root().textContent).toContain(en.presence.busy)
  viewer.value = {
    ...viewer.value,
    calls: calls({ phase: 'ended', call: 'c', camera: PORCH, reason: 'access-expired' }),
  }
  draw(h(App, { page }))
  expect(root().textContent).not.toContain(en.presence.busy)
  expect(root().textContent).not.toContain('Until')
})

it('[R25] while the service is away, presence is said as it was last known', () => {
  const link = { phase: 'idle' } as const
  draw(h(App, { page: samplePage({ cameras: porch(), link }).page }))
  expect(root().textContent).toContain(en.presence.lastKnown(en.presence.online))
})

it('a guest’s camera opens by itself as soon as it is there, and not again after that', async () => {
  const { page, viewer, done } = samplePage(
    { cameras: porch({ role: 'guest', state: 'offline' }) },
    { session: signal(GUEST), visit: signal<Visit>({ kind: 'guest', device: DEVICE }) },
  )
  draw(h(App, { page }))
  await vi.waitFor(() => expect(document.title).toBe(en.title))
  expect(done).toEqual([])
  viewer.value = { ...viewer.value, cameras: porch({ role: 'guest' }) }
  await vi.waitFor(() => expect(done).toEqual([['call', PORCH]]))
  viewer.value = { ...viewer.value, cameras: porch({ role: 'guest', state: 'busy' }) }
  viewer.value = { ...viewer.value, cameras: porch({ role: 'guest', label: 'Front door' }) }
  await vi.waitFor(() => expect(root().textContent).toContain('Front door'))
  expect(done).toEqual([['call', PORCH]])
})

it('a person’s cameras are not opened by themselves', async () => {
  const { page, done } = samplePage({ cameras: porch() })
  document.title = ''
  draw(h(App, { page }))
  await vi.waitFor(() => expect(document.title).toBe(en.title))
  expect(done).toEqual([])
})

it('[R39] pairing claims the device of the link by the name that is written, and says that it is done', async () => {
  const { page, done } = samplePage({}, { visit: signal(PAIR) })
  draw(h(App, { page }))
  expect(root().textContent).toContain('Code of the connectordddd dddd dddd')
  expect(root().textContent).toContain('its first and last groups at least')
  form().dispatch('submit')
  expect(done).toEqual([['claim', DEVICE, CODE, 'Home']])
  await vi.waitFor(() => expect(done).toContainEqual(['endVisit']))
  await vi.waitFor(() => expect(root().textContent).toContain(en.pair.done('Home').what))
})

it('[R40] what is said of a pairing goes a while after a camera of that device is there, and does not come back', async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true })
  const { page, viewer } = samplePage({}, { visit: signal(PAIR) })
  draw(h(App, { page }))
  form().dispatch('submit')
  const said = en.pair.done('Home').what
  await vi.waitFor(() => expect(root().textContent).toContain(said))
  const barn = `${'e'.repeat(43)}.barn`
  viewer.value = { ...viewer.value, cameras: new Map([[barn, visibleCamera({ camera: barn })]]) }
  draw(h(App, { page }))
  expect(root().textContent).toContain(said)
  viewer.value = { ...viewer.value, cameras: porch() }
  draw(h(App, { page }))
  await vi.waitFor(() => expect(root().textContent).toContain(en.pair.here))
  expect(root().textContent).toContain(said)
  await vi.advanceTimersByTimeAsync(READ_MS)
  await vi.waitFor(() => expect(root().textContent).not.toContain(said))
  viewer.value = { ...viewer.value, cameras: new Map() }
  draw(h(App, { page }))
  expect(root().textContent).not.toContain(said)
})

it('[R39] a code that is spent says what to do at home, and is not tried again', async () => {
  const refused = { kind: 'refused', code: 'pairing-code-expired' }
  const { page, done } = samplePage({}, { visit: signal(PAIR) }, { claim: refused })
  draw(h(App, { page }))
  form().dispatch('submit')
  await vi.waitFor(() => expect(root().textContent).toContain(en.failures['pairing-code-expired'].advice))
  expect(button(en.pair.confirm)).toBeUndefined()
  press(en.action.close)
  expect(done.at(-1)?.[0]).toBe('endVisit')
})

it('[R39] a link to the service that is away leaves the code good to be tried again', async () => {
  const { page } = samplePage({}, { visit: signal(PAIR) }, { claim: { kind: 'not-sent' } })
  draw(h(App, { page }))
  form().dispatch('submit')
  await vi.waitFor(() => expect(root().textContent).toContain(en.panel.notSent.advice))
  expect(button(en.pair.confirm)).toBeDefined()
})

it('[R36] nothing is revoked before it was said what ends with it', async () => {
  const { page, done } = samplePage({})
  const grants = {
    state: {
      phase: 'loaded',
      answer: [{ grant: 'a', camera: PORCH, kind: 'link', name: 'Grandma', createdAt: 0 }],
    },
    reload: vi.fn(),
  } as const
  const people = { phase: 'loading' } as const
  const shared = { text: en, panels: PANELS_EN, language: 'en', actions: page.actions } as const
  draw(h(GrantList, { ...shared, camera: visibleCamera({ camera: PORCH }), grants, people }))
  press('Remove Grandma')
  await vi.waitFor(() => expect(root().textContent).toContain(PANELS_EN.grants.revokeLink.ask))
  expect(done).toEqual([])
  press(PANELS_EN.grants.revokeLink.confirm)
  expect(done).toEqual([['ask', 'revoke-grant', { camera: PORCH, grant: 'a' }]])
  await vi.waitFor(() => expect(grants.reload).toHaveBeenCalledOnce())
})

it('who has signed out is told so of this browser only, for the issuer may still know them', () => {
  const session = signal<SessionState>({ phase: 'signed-out', why: 'left' })
  draw(h(App, { page: samplePage({}, { session }).page }))
  expect(root().textContent).toContain('You are signed out here')
  expect(root().textContent).not.toContain('Nobody can')
})

it('[R36] signing out everywhere is asked first', async () => {
  const { page, done } = samplePage({})
  draw(h(App, { page }))
  press('Account: anna@example.org')
  await vi.waitFor(() => press(en.account.everywhere.label))
  await vi.waitFor(() => expect(root().textContent).toContain(en.account.everywhere.ask))
  expect(done).toEqual([])
  press(en.account.everywhere.confirm)
  expect(done).toEqual([['ask', 'sign-out-everywhere', {}]])
})

function form() {
  const found = elementsOf(root()).find(({ localName }) => localName === 'form')
  if (found === undefined) throw new Error(`no form: ${root().textContent}`)
  return found
}
