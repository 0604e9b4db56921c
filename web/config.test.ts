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
  expect(await loadConfig(answering({ ...CONFIG, newer: 1 }))).toEqual({ kind: 'config', config: CONFIG })
})

it.each([
  ['is not there', answering(CONFIG, 404)],
  ['is a page instead', answering('<!doctype html>')],
  ['names no WebSocket', answering({ ...CONFIG, socket: 'https://example.org' })],
  ['names nobody who signs people in', answering({ socket: CONFIG.socket })],
  ['names an issuer that is no address', answering({ ...CONFIG, signIn: { ...CONFIG.signIn, issuer: '' } })],
])('is missing when it %s', async (_title, get) => {
  expect(await loadConfig(get)).toEqual({ kind: 'missing' })
})

it.each([
  ['there is no network', () => Promise.reject(new TypeError('failed to fetch'))],
  ['the site is in trouble', answering('', 503)],
  ['the site is asked too often', answering('', 429)],
])('is worth asking for again when %s', async (_title, get) => {
  expect(await loadConfig(get)).toEqual({ kind: 'unreachable' })
})
