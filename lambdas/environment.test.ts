import { expect, it } from 'vitest'
import { readEnvironment } from './environment.ts'

const complete = {
  TABLE_NAME: 'table',
  CONNECTIONS_URL: 'https://api.example/v1',
  WEB_ORIGIN: 'https://home.example',
  SOCKET_URL: 'wss://api.example/v1',
  OIDC_ISSUER: 'https://issuer.example/pool',
  OIDC_CLIENT_ID: 'client',
  OIDC_JWKS_URL: 'https://issuer.example/pool/keys',
  OWNER_EMAIL: 'Owner@Home.example',
  USER_POOL_ID: 'us-east-1_pool',
  ICE_SERVERS: '[{"urls":"stun:stun.example"}]',
  LOG_LEVEL: 'info',
}

it('reads what the stack sets', () => {
  expect(readEnvironment(complete)).toMatchObject({
    ICE_SERVERS: [{ urls: 'stun:stun.example' }],
    OIDC_ISSUER: 'https://issuer.example/pool',
  })
})

it('takes an issuer that says where its keys are, and accounts that are made elsewhere', () => {
  expect(readEnvironment({ ...complete, OIDC_JWKS_URL: '', USER_POOL_ID: '' })).toMatchObject({
    OIDC_JWKS_URL: '',
    USER_POOL_ID: '',
  })
})

it('[R33] compares the owner’s address in lower case', () => {
  expect(readEnvironment(complete).OWNER_EMAIL).toBe('owner@home.example')
})

it.each(Object.keys(complete))('refuses to start without %s', (name) => {
  expect(() => readEnvironment({ ...complete, [name]: undefined })).toThrow(name)
})

it.each([
  ['ICE_SERVERS', '{"urls":1}'],
  ['SOCKET_URL', ''],
  ['OIDC_ISSUER', 'issuer'],
  ['OIDC_CLIENT_ID', ''],
  ['OWNER_EMAIL', ''],
])('refuses to start with %s=%s', (name, value) => {
  expect(() => readEnvironment({ ...complete, [name]: value })).toThrow(name)
})
