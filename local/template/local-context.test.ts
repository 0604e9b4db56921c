import { expect, it } from 'vitest'
import { localContext } from './local-context.ts'

it('has nobody of the deployment: neither its owner nor who vouches for its people', () => {
  const deployment = {
    ownerEmail: 'somebody@example.org',
    oidcIssuer: 'https://issuer.example',
    oidcClientId: 'mihari',
    oidcScope: 'openid',
    oidcOrigins: 'https://tokens.example',
    iceServers: '[{"urls":"stun:stun.example"}]',
    'aws-cdk:flag': true,
  }
  expect(localContext(deployment)).toEqual({
    ownerEmail: 'owner@localhost',
    iceServers: '[]',
    'aws-cdk:flag': true,
  })
})
