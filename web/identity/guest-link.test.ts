import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { readAppLink } from '../../protocol/app-link.ts'
import type { Asked } from '../../protocol/operations.ts'
import type { AskResult } from '../viewer/ask-result.ts'
import { makeGuestLink } from './guest-link.ts'

const DEVICE = 'd'.repeat(43)
const WANTED = { camera: `${DEVICE}.porch`, label: 'Neighbours', until: 5_000, max: 2 }
const GRANT = 'g'.repeat(22)

function make(result: AskResult<'grant-by-link'>) {
  const asked: Asked<'grant-by-link'>[] = []
  const made = makeGuestLink(
    {
      origin: 'https://example.org',
      randomBytes: (count) => new Uint8Array(count).fill(7),
      sha256: async (data) => createHash('sha256').update(data).digest(),
      grant: async (one) => {
        asked.push(one)
        return result
      },
    },
    WANTED,
  )
  return { asked, made }
}

it('the link has a secret of which the cloud gets the hash alone', async () => {
  const { asked, made } = make({ kind: 'done', answer: { grant: GRANT } })
  const given = await made
  if (given.kind !== 'made') throw new Error(given.kind)
  const link = readAppLink(new URL(given.link).hash)
  if (link?.kind !== 'guest') throw new Error('no guest link')
  expect(link.device).toBe(DEVICE)
  expect(asked).toEqual([{ ...WANTED, hash: createHash('sha256').update(link.secret).digest('base64url') }])
  expect(JSON.stringify(asked)).not.toContain(link.secret)
})

it.each([{ kind: 'refused', code: 'not-allowed' }, { kind: 'not-sent' }] as const)(
  'there is no link when the cloud has not granted it: %j',
  async (result) => {
    expect(await make(result).made).toEqual(result)
  },
)
