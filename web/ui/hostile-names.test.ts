import { signal } from '@preact/signals'
import { h } from 'preact'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Page } from '../page.ts'
import { visibleCamera } from '../viewer/testing/samples.ts'
import type { ViewerSnapshot } from '../viewer/viewer-snapshot.ts'
import { App } from './app.tsx'
import { SettingsPanel } from './settings/settings-panel.tsx'
import { SharePanel } from './sharing/share-panel.tsx'
import { elementsOf } from './testing/plain-document.ts'
import { closeStage, draw, openStage, root, samplePage } from './testing/sample-page.ts'

const MARKUP = '<img src=x onerror=alert(1)><script>alert(2)</script>'
const DEVICE = 'd'.repeat(43)
const CAMERA = `${DEVICE}.porch`
const WATCH = { call: 'c', camera: CAMERA, name: MARKUP, role: 'guest', startedAt: 0 } as const
const done = (answer: unknown) => ({ kind: 'done', answer })
const ANSWERS = {
  'list-grants': done({
    grants: [{ grant: 'g', camera: CAMERA, kind: 'link', name: MARKUP, createdAt: 0, until: 1, max: 1 }],
  }),
  'list-devices': done({
    devices: [
      {
        device: DEVICE,
        label: MARKUP,
        pairedAt: 0,
        online: true,
        cameras: [{ camera: CAMERA, label: MARKUP }],
      },
    ],
  }),
  'list-people': done({ people: [{ person: 'p', name: MARKUP, owner: true, self: false, since: 0 }] }),
}

beforeEach(openStage)
afterEach(closeStage)

function pageOf(over: Partial<Page>, snapshot: Partial<ViewerSnapshot>): Page {
  const self = { kind: 'person', name: MARKUP, owner: true } as const
  return samplePage(
    { self, ...snapshot },
    { session: signal({ phase: 'signed-in', name: MARKUP }), ...over },
    ANSWERS,
  ).page
}

/** Shown, and shown as text: no element that this page has no use for, and no attribute that runs. */
function expectText(): void {
  expect(root().textContent).toContain(MARKUP)
  const drawn = elementsOf(root())
  expect(drawn.map(({ localName }) => localName)).not.toContain('img')
  expect(drawn.map(({ localName }) => localName)).not.toContain('script')
  expect(drawn.flatMap(({ attributes }) => attributes.map(({ name }) => name))).not.toContain('onerror')
}

const camera = visibleCamera({ camera: CAMERA, label: MARKUP })

it('a camera’s name and its viewers’ with markup are shown as text', () => {
  const snapshot = { cameras: new Map([[CAMERA, camera]]), watchers: new Map([[CAMERA, [WATCH]]]) }
  draw(h(App, { page: pageOf({}, snapshot) }))
  expectText()
})

it('the name of a camera that is full, and of who would make room, with markup are shown as text', () => {
  const full = { ...camera, state: 'busy' as const }
  const snapshot = { cameras: new Map([[CAMERA, full]]), watchers: new Map([[CAMERA, [WATCH]]]) }
  draw(h(App, { page: pageOf({}, snapshot) }))
  expect(elementsOf(root()).some(({ textContent }) => textContent === 'Take over')).toBe(true)
  expectText()
})

it('the words of a camera with markup are shown as text', () => {
  const failure = { code: 'camera-refused', detail: MARKUP }
  const call = { phase: 'failed', call: 'c', camera: CAMERA, failure } as const
  draw(
    h(App, {
      page: pageOf(
        {},
        { cameras: new Map([[CAMERA, { ...camera, label: 'Porch' }]]), calls: new Map([[CAMERA, call]]) },
      ),
    }),
  )
  expectText()
})

it('a guest link’s label with markup is shown as text', () => {
  const self = { kind: 'guest', name: MARKUP, owner: false } as const
  draw(h(App, { page: pageOf({ session: signal({ phase: 'guest' }) }, { self }) }))
  expectText()
})

it('the name of a person without a camera with markup is shown as text', () => {
  draw(h(App, { page: pageOf({}, { self: { kind: 'person', name: MARKUP, owner: false } }) }))
  expectText()
})

it.each([
  ['shared with', (page: Page) => h(SharePanel, { page, camera: { ...camera, label: 'Porch' } })],
  ['settings', (page: Page) => h(SettingsPanel, { page })],
])('names with markup in the panel of %s are shown as text', async (_panel, panel) => {
  draw(panel(pageOf({}, {})))
  await vi.waitFor(expectText)
})
