import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { FromDevice, FromViewer, ToDevice, ToViewer } from './directions.ts'
import { OPERATIONS } from './operations.ts'
import { PROTOCOL_VERSION } from './version.ts'

/** The schemas, answers included, cannot change without this line changing: decide then whether the version must, too. */
const PINNED = { version: 1, hash: '2d26e5dca670abf0' }

it('the schemas are those of the pinned version', () => {
  const hash = createHash('sha256')
    .update(JSON.stringify([FromViewer, FromDevice, ToViewer, ToDevice, OPERATIONS].map(shape)))
    .digest('hex')
    .slice(0, 16)
  expect({ version: PROTOCOL_VERSION, hash }).toEqual(PINNED)
})

/** What of a schema decides which messages it takes. */
function shape(value: unknown): unknown {
  if (value instanceof RegExp) return String(value)
  if (Array.isArray(value)) return value.map(shape)
  if (typeof value !== 'object' || value === null) return typeof value === 'function' ? 'function' : value
  const kept = Object.entries(value).filter(([key]) => !BESIDES.has(key))
  return Object.fromEntries(
    kept.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, part]) => [key, shape(part)]),
  )
}

/** What valibot puts into its schema objects besides: implementation and messages. */
const BESIDES = new Set([
  'kind',
  'reference',
  'expects',
  'async',
  'message',
  '~run',
  '~standard',
  'key',
  'default',
])
