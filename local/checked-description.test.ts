import { expect, test } from 'vitest'
import { CloudError, checkedDescription } from './checked-description.ts'
import type { SocketApiDescription, UserPoolDescription } from './template/cloud-description.ts'

const nothing = { tables: [], functions: [], socketApis: [], sites: [], userPools: [] }
const api: SocketApiDescription = {
  id: 'api1',
  stage: 'v1',
  arn: 'arn:aws:execute-api:eu-west-1:111122223333:api1',
  domainName: '',
  routeSelectionExpression: '',
  routes: [],
}
const site = {
  domainName: '',
  origin: '',
  defaultRootObject: '',
  deployments: [],
  headers: {},
  errorPages: [],
}

const userPool: UserPoolDescription = {
  id: 'eu-west-1_pool1',
  arn: 'arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_pool1',
  issuer: '',
  address: '',
  clients: [],
  users: [],
  invitation: { subject: '', message: '', validSeconds: 0 },
}

test('what can be run is passed on', () => {
  const description = { ...nothing, socketApis: [api], sites: [site], userPools: [userPool] }
  expect(checkedDescription(description)).toBe(description)
})

test('two APIs under one stage name cannot be told apart here', () => {
  expect(() => checkedDescription({ ...nothing, socketApis: [api, { ...api, id: 'api2' }] })).toThrow(
    /stage named v1/,
  )
})

test('two sites cannot share one address', () => {
  expect(() => checkedDescription({ ...nothing, sites: [site, site] })).toThrow(CloudError)
})

test('two user pools cannot share one address', () => {
  expect(() => checkedDescription({ ...nothing, userPools: [userPool, userPool] })).toThrow(
    /more than one user pool/,
  )
})
