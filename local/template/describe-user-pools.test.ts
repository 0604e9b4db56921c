import { afterAll, expect, it } from 'vitest'
import type { CloudDescription, UserPoolDescription } from './cloud-description.ts'
import {
  describeEdited as describeAfter,
  find,
  ourFunction,
  ourPolicy,
  type Resources,
  synthesizeTemplateFixture,
} from './testing/edited-template.ts'

const fixture = await synthesizeTemplateFixture()
afterAll(fixture.remove)

const describeEdited = (edit: (resources: Resources) => void) => describeAfter(fixture.assembly, edit)

function onlyUserPool({ userPools }: CloudDescription): UserPoolDescription {
  expect(userPools).toHaveLength(1)
  return userPools[0] as UserPoolDescription
}

it('the stack has one user pool, into which only an invitation leads, with one client and the owner in it', () => {
  const description = describeEdited(() => undefined)
  const pool = onlyUserPool(description)
  expect(pool).toEqual({
    id: expect.stringMatching(/^us-east-1_[a-z0-9]+$/),
    arn: `arn:aws:cognito-idp:us-east-1:000000000000:userpool/${pool.id}`,
    issuer: `https://cognito-idp.us-east-1.amazonaws.com/${pool.id}`,
    address: 'http://localhost:8080/identity',
    clients: [
      {
        id: expect.stringMatching(/^[a-z0-9]{10}$/),
        callbackUrls: ['http://localhost:8080/'],
        logoutUrls: ['http://localhost:8080/'],
        scopes: ['openid', 'email'],
        claims: ['email', 'email_verified'],
        idTokenSeconds: 60 * 60,
        accessTokenSeconds: 60 * 60,
        refreshTokenSeconds: 90 * 24 * 60 * 60,
        refreshTokenGraceSeconds: 60,
      },
    ],
    users: [{ email: 'owner@localhost' }],
    invitation: {
      subject: expect.stringContaining('Mihari'),
      message: expect.stringMatching(/"http:\/\/localhost:8080\/#sign-in"(.|\n)*\{username\}(.|\n)*\{####\}/),
      validSeconds: 7 * 24 * 60 * 60,
    },
  })
  expect(description.functions[0]?.statements).toContainEqual({
    effect: 'Allow',
    actions: ['cognito-idp:AdminCreateUser'],
    resources: [pool.arn],
  })
})

it('what is taken out of the template is missing: the owner, a scope, a claim, a grace', () => {
  const pool = onlyUserPool(
    describeEdited((resources) => {
      delete resources[find(resources, 'AWS::Cognito::UserPoolUser').id]
      const client = find(resources, 'AWS::Cognito::UserPoolClient').properties
      client.AllowedOAuthScopes = ['openid']
      client.ReadAttributes = ['email']
      delete client.RefreshTokenRotation
    }),
  )
  expect(pool.users).toEqual([])
  expect(pool.clients[0]).toMatchObject({ scopes: ['openid'], claims: ['email'] })
  expect(pool.clients[0]).not.toHaveProperty('refreshTokenGraceSeconds')
})

it('what is taken out of the template is missing: the user pool, with all that is told of it', () => {
  const description = describeEdited((resources) => {
    for (const [id, { Type }] of Object.entries(resources)) {
      if (Type.startsWith('AWS::Cognito::')) delete resources[id]
    }
    const variables = ourFunction(resources).properties.Environment.Variables
    for (const name of Object.keys(variables)) {
      if (/^OIDC_|^USER_POOL/.test(name)) delete variables[name]
    }
    const statements = ourPolicy(resources).properties.PolicyDocument
    statements.Statement = statements.Statement.filter(
      ({ Action }: { Action: unknown }) => Action !== 'cognito-idp:AdminCreateUser',
    )
    delete resources[
      find(resources, 'Custom::CDKBucketDeployment', (text) => text.includes('PeopleClient')).id
    ]
  })
  expect(description.userPools).toEqual([])
})
