import { expect, test } from 'vitest'
import { CloudError, checkedDescription } from './checked-description.ts'
import type { SocketApiDescription } from './template/cloud-description.ts'

const nothing = { tables: [], functions: [], socketApis: [], sites: [] }
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

test('what can be run is passed on', () => {
  const description = { ...nothing, socketApis: [api], sites: [site] }
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
