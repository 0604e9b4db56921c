import { describe, expect, it } from 'vitest'
import type { Principal } from '../core/principal.ts'
import { contextOf, principalOf } from './principal-context.ts'

const PERSON: Principal = {
  kind: 'person',
  id: 'p'.repeat(43),
  email: 'aiko@home.example',
  name: '見張り "愛子" 100%',
  authenticatedAt: 1_800_000_000_000,
}
const PRINCIPALS: readonly Principal[] = [
  PERSON,
  { ...PERSON, email: null, name: 'p' },
  { kind: 'guest', id: 'g'.repeat(22), device: 'd'.repeat(43) },
  { kind: 'device', id: 'd'.repeat(43) },
  { kind: 'nobody', reason: 'token-expired' },
  { kind: 'nobody', reason: 'signed-out' },
  { kind: 'nobody', reason: 'link-expired' },
  { kind: 'nobody', reason: 'link-revoked' },
  { kind: 'nobody', reason: 'clock-wrong' },
]

describe('a principal in the context of every event', () => {
  it.each(PRINCIPALS)('comes back as it was: $kind', (principal) => {
    const context = contextOf(principal)
    expect(principalOf({ principalId: 'x', integrationLatency: 7, ...context })).toEqual(principal)
    for (const value of Object.values(context)) expect(value).toMatch(/^[\x20-\x7e]*$/)
  })

  it('has room in the authorizer’s answer, however long its address', () => {
    const email = `${'見'.repeat(127)}@${'張'.repeat(126)}`
    const context = contextOf({ ...PERSON, email, name: email })
    expect(JSON.stringify(context).length).toBeLessThan(6_000)
    expect(principalOf(context)).toMatchObject({ email, name: email })
  })

  it('is written, whatever half of a character is in its name', () => {
    const context = contextOf({ ...PERSON, name: 'a\ud800b', email: 'a\udfff@b' })
    expect(principalOf(context)).toMatchObject({ name: 'a\ufffdb', email: 'a\ufffd@b' })
  })

  it.each([
    ['no context', undefined],
    ['an empty one', {}],
    ['a kind that is none', { kind: 'owner', id: 'x' }],
    ['no id', { kind: 'device' }],
    ['no time', { kind: 'person', id: 'p', name: 'n' }],
    ['a time that is none', { kind: 'person', id: 'p', name: 'n', authenticatedAt: 'soon' }],
    ['a reason that is none', { kind: 'nobody', reason: 'tired' }],
  ])('is nobody’s when there is %s', (_what, context) => {
    expect(() => principalOf(context)).toThrow('no principal')
  })
})
