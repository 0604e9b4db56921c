import type { CameraCondition } from '../../protocol/hello.ts'
import {
  INITIAL_LINK,
  type LineEvent,
  type LinkEffect,
  type LinkEvent,
  type LinkState,
  type LinkTimer,
} from '../cloud/link-state.ts'
import { stepLink } from '../cloud/step-link.ts'
import type { TimerEffect } from '../lifecycle/run-lifecycle.ts'

export const cameras = (state: CameraCondition) => [{ name: 'porch', state }]
export const conditions = (state: CameraCondition): LinkEvent => ({
  type: 'conditions',
  conditions: cameras(state),
})
export const timer = (name: LinkTimer): LinkEvent => ({ type: 'timer', timer: name })
export const start: LinkEvent = { type: 'start' }
export const reached: LineEvent = { type: 'reached' }
export const opened: LineEvent = { type: 'opened' }
export const welcomed = { type: 'welcomed', paired: true, ended: [], rollOverMs: undefined } as const
export const unclaimed: LineEvent = { ...welcomed, paired: false }
export const lost: LineEvent = { type: 'lost', reason: 'closed', reached: true }
export const unreached: LineEvent = { ...lost, reached: false }
export const refused = (status: number): LineEvent => ({ type: 'refused', status })
export const complaint = (code: string, now?: number): LineEvent => ({
  type: 'complaint',
  code,
  detail: '',
  now,
})
export const up = [start, opened, welcomed] as const

/** What the events lead to, one after the other, with full waits; `effects` are those of the last. */
export function play(...events: readonly (LinkEvent | { readonly at: number })[]) {
  let state: LinkState = INITIAL_LINK
  let effects: readonly (LinkEffect | TimerEffect<LinkTimer>)[] = []
  let now = 5
  for (const event of [conditions('ready'), ...events]) {
    if ('at' in event) {
      now = event.at
      continue
    }
    const step = stepLink(state, event, { now, random: 1 })
    state = step.state
    effects = step.effects
  }
  return { state, effects, types: effects.map(({ type }) => type) }
}
