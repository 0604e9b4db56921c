import { expect, it } from 'vitest'
import type { Grant } from '../../../protocol/operations.ts'
import { PANELS_EN } from '../../text/panels-en.ts'
import { grantLine } from './grant-line.ts'

const grant = (over: Partial<Grant>): Grant => ({
  grant: 'g',
  camera: 'd.porch',
  kind: 'person',
  name: 'ben@example.org',
  createdAt: 0,
  ...over,
})
const line = (over: Partial<Grant>, now = 100) => grantLine(PANELS_EN, grant(over), now, (at) => `@${at}`)

it('says of a person whether they have been here', () => {
  expect(line({})).toBe('Person')
  expect(line({ kind: 'invited' })).toBe('Invited, has not signed in yet')
})

it('says of a link until when and for how many at once, and when it is over', () => {
  const link = { kind: 'link', until: 200, max: 2 } as const
  expect(line(link)).toBe('Guest link · until @200 · 2 at the same time')
  expect(line(link, 200)).toBe('Guest link · ended @200 · 2 at the same time')
})
