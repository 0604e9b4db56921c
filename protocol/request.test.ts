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
