import { expect, it } from 'vitest'
import { loadConfig } from './config.ts'

const CONFIG = {
  socket: 'wss://example.org/v1',
  signIn: { issuer: 'https://id.example.org', clientId: 'app', scope: 'openid email' },
}
const answering =
  (body: unknown, status = 200) =>
  async () =>
    new Response(typeof body === 'string' ? body : JSON.stringify(body), { status })

it('reads where the service is, and who signs people in', async () => {
  expect(await loadConfig(answering({ ...CONFIG, newer: 1 }))).toEqual(CONFIG)
})

it.each([
  ['is not there', answering(CONFIG, 404)],
  ['is a page instead', answering('<!doctype html>')],
  ['names no WebSocket', answering({ ...CONFIG, socket: 'https://example.org' })],
  ['names nobody who signs people in', answering({ socket: CONFIG.socket })],
  ['names an issuer that is no address', answering({ ...CONFIG, signIn: { ...CONFIG.signIn, issuer: '' } })],
  ['cannot be reached', () => Promise.reject(new TypeError('failed to fetch'))],
])('has nothing when it %s', async (_title, get) => {
  expect(await loadConfig(get)).toBeNull()
})
