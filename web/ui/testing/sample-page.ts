import { signal } from '@preact/signals'
import { type ComponentChild, render } from 'preact'
import { vi } from 'vitest'
import type { Page } from '../../page.ts'
import { EMPTY_SNAPSHOT, type ViewerSnapshot } from '../../viewer/viewer-snapshot.ts'
import { elementsOf, PlainNode, plainDocument } from './plain-document.ts'

let stage = new PlainNode(1, 'div')

/** What the page is drawn into. */
export const root = (): PlainNode => stage

export function openStage(): void {
  stage = new PlainNode(1, 'div')
  vi.stubGlobal('document', plainDocument)
  vi.stubGlobal('HTMLVideoElement', class {})
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe(): void {}
      disconnect(): void {}
    },
  )
}

export function closeStage(): void {
  draw(null)
  vi.unstubAllGlobals()
}

export function draw(what: ComponentChild): void {
  // Preact asks of its container no more than a plain node has.
  render(what, stage as unknown as Element)
}

/** A page of an owner, whose actions are noted and whose requests are answered as told, or by what they ask for. */
export function samplePage(
  snapshot: Partial<ViewerSnapshot>,
  over: Partial<Page> = {},
  answers: Readonly<Record<string, unknown>> = {},
) {
  const done: unknown[][] = []
  const viewer = signal<ViewerSnapshot>({
    ...EMPTY_SNAPSHOT,
    link: { phase: 'welcomed', heardAt: 0, asked: 'no' },
    self: { kind: 'person', name: 'anna@example.org', owner: true },
    cameras: new Map(),
    ...snapshot,
  })
  const actions = new Proxy({} as Page['actions'], {
    get:
      (_target, action: string) =>
      (...args: unknown[]) => {
        done.push([action, ...args])
        const asked = action === 'ask' ? String(args[0]) : action
        const answer = answers[asked]
        const said = typeof answer === 'function' ? answer(args[1]) : answer
        return Promise.resolve(said ?? { kind: 'done', answer: {} })
      },
  })
  const page: Page = {
    language: signal('en'),
    settings: signal('loaded'),
    cloud: signal('ws://localhost:8080/v1'),
    session: signal({ phase: 'signed-in', name: 'anna@example.org' }),
    visit: signal({ kind: 'plain' }),
    pictures: signal(new Map()),
    viewer,
    ...over,
    actions,
  }
  return { page, viewer, done }
}

/** The button with this label, or these words. */
export function button(name: string): PlainNode | undefined {
  return elementsOf(stage).find(
    (element) =>
      element.localName === 'button' &&
      (element.attribute('aria-label') ?? element.textContent).trim() === name,
  )
}

export function press(name: string): void {
  const found = button(name)
  if (found === undefined) throw new Error(`no button ${name}: ${stage.textContent}`)
  found.dispatch('click')
}
