import { expect, it } from 'vitest'
import { parseFromDevice, parseFromViewer } from './frame.ts'
import { OPERATIONS } from './operations.ts'
import { doneReply, readAnswer } from './reply.ts'
import { DeviceRequest, ViewerRequest } from './request.ts'

const id = 'r'.repeat(22)
const asking = (ask: unknown): string => JSON.stringify({ type: 'request', id, ask })

it('[R44] every operation of the table can be asked, by a viewer or by a device', () => {
  const asked = [ViewerRequest, DeviceRequest].flatMap(({ entries }) =>
    entries.ask.options.map(({ entries: { op } }) => op.literal),
  )
  expect(asked.toSorted()).toEqual(Object.keys(OPERATIONS).sort())
})

it('[R44, R8] an operation that is not known, or not the sender’s, is a bad message that says so', () => {
  for (const op of ['make-coffee', 'start-pairing', '__proto__', 'constructor']) {
    expect(parseFromViewer(asking({ op, codeHash: 'h'.repeat(43) }))).toMatchObject({
      ok: false,
      error: { code: 'bad-message', detail: expect.stringContaining('ask.op') },
    })
  }
  expect(parseFromDevice(asking({ op: 'list-people' }))).toMatchObject({ ok: false })
})

it('[R44] a field that is wrong is named', () => {
  expect(parseFromViewer(asking({ op: 'rename-camera', camera: 'porch', label: 'Porch' }))).toMatchObject({
    error: { code: 'bad-message', detail: expect.stringContaining('ask.camera') },
  })
})

it('[R44] an answer is read as what its operation answers', () => {
  const { result } = doneReply<'grant-by-link'>(id, { grant: id })
  expect(result.kind === 'done' && readAnswer('grant-by-link', result.answer)).toEqual({ grant: id })
  expect(readAnswer('grant-by-link', { grant: 1 })).toBeNull()
})

it('[R44] a time that no clock can show is refused', () => {
  const link = {
    op: 'grant-by-link',
    camera: `${'d'.repeat(43)}.porch`,
    hash: 'h'.repeat(43),
    label: 'x',
    max: 1,
  }
  expect(parseFromViewer(asking({ ...link, until: 8_640_000_000_000_000 })).ok).toBe(true)
  for (const until of [8_640_000_000_000_001, 1e300, -1, 1.5, null]) {
    expect(parseFromViewer(asking({ ...link, until }))).toMatchObject({ error: { code: 'bad-message' } })
  }
})

it('[R18] a viewer ends a call only as a viewer does: the owner believes the other reasons', () => {
  const hangup = { type: 'hangup', call: id, camera: `${'d'.repeat(43)}.porch` }
  expect(parseFromViewer(JSON.stringify({ ...hangup, reason: 'viewer-left' })).ok).toBe(true)
  for (const reason of ['access-revoked', 'taken-over', 'anything']) {
    expect(parseFromViewer(JSON.stringify({ ...hangup, reason })).ok).toBe(false)
  }
})
