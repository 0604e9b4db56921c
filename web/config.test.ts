import { expect, it } from 'vitest'
import { loadConfig } from './config.ts'

const answering =
  (body: string, status = 200) =>
  async () =>
    new Response(body, { status })

it('reads where the service is', async () => {
  const config = await loadConfig(answering('{"socket":"wss://example.org/v1","newer":1}'))
  expect(config).toEqual({ socket: 'wss://example.org/v1' })
})

it.each([
  ['is not there', answering('{"socket":"wss://example.org/v1"}', 404)],
  ['is a page instead', answering('<!doctype html>')],
  ['names no WebSocket', answering('{"socket":"https://example.org"}')],
  ['cannot be reached', () => Promise.reject(new TypeError('failed to fetch'))],
])('has nothing when it %s', async (_title, get) => {
  expect(await loadConfig(get)).toBeNull()
})
