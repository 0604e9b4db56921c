import { describe, expect, it } from 'vitest'
import { OLD_LIMIT_MS, OLD_QUIET_MS } from '../../../protocol/connection-times.ts'
import { nameEffect } from '../testing/name-effect.ts'
import { IDLE_LINK, type Link, type LinkEvent } from './link-state.ts'
import { stepLink } from './step-link.ts'

const NOW = 1_000_000

const LINK: Link = { ...IDLE_LINK, state: { phase: 'welcomed', heardAt: NOW - 100, asked: 'no' } }
const ROLLING_OVER: Link = {
  ...LINK,
  next: { phase: 'greeting', attempt: 0, renewals: 0, since: NOW - 100, asked: 'once' },
}

describe('[R46] the connection that was replaced', () => {
  const fromOld = (event: LinkEvent) => stepLink(LINK, event, NOW)

  it('is heard until it has been quiet for 15 s, and for a minute at most', () => {
    const { effects } = stepLink(ROLLING_OVER, { type: 'welcome', on: 'next' }, NOW)
    expect(effects).toContainEqual({ type: 'start-timer', timer: 'old-quiet', ms: 15_000 })
    expect(effects).toContainEqual({ type: 'start-timer', timer: 'old-limit', ms: 60_000 })
    expect(fromOld({ type: 'heard', on: 'old' })).toEqual({
      state: LINK,
      effects: [{ type: 'start-timer', timer: 'old-quiet', ms: 15_000 }],
    })
    expect(OLD_LIMIT_MS).toBeGreaterThan(OLD_QUIET_MS)
  })

  it.each([
    { type: 'timer', timer: 'old-quiet' },
    { type: 'timer', timer: 'old-limit' },
    { type: 'closed', on: 'old' },
  ] as const satisfies LinkEvent[])('is put away: %o', (event) => {
    const step = fromOld(event)
    expect(step.state).toBe(LINK)
    expect(step.effects.map(nameEffect)).toEqual([
      'close-socket old',
      'stop-timer old-quiet',
      'stop-timer old-limit',
    ])
  })

  it('says nothing of the link but that the person’s standing is over', () => {
    for (const event of [
      { type: 'welcome', on: 'old' },
      { type: 'error', on: 'old', code: 'internal' },
      { type: 'error', on: 'old', code: 'token-expired' },
      { type: 'error', on: 'old', code: 'unsupported-version' },
    ] as const) {
      expect(fromOld(event)).toEqual({ state: LINK, effects: [] })
    }
    expect(fromOld({ type: 'error', on: 'old', code: 'link-revoked' }).state.state).toEqual({
      phase: 'refused',
      code: 'link-revoked',
    })
  })
})
