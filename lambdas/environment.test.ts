import { expect, it } from 'vitest'
import { readEnvironment } from './environment.ts'

const complete = {
  TABLE_NAME: 'table',
  CONNECTIONS_URL: 'https://api.example/v1',
  WEB_ORIGIN: 'https://home.example',
  ICE_SERVERS: '[{"urls":"stun:stun.example"}]',
  LOG_LEVEL: 'info',
}

it('reads what the stack sets', () => {
  expect(readEnvironment(complete).ICE_SERVERS).toEqual([{ urls: 'stun:stun.example' }])
})

it.each(Object.keys(complete))('refuses to start without %s', (name) => {
  expect(() => readEnvironment({ ...complete, [name]: undefined })).toThrow(name)
})

it('refuses ICE servers that are none', () => {
  expect(() => readEnvironment({ ...complete, ICE_SERVERS: '{"urls":1}' })).toThrow()
})
