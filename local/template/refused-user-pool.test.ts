import { afterAll, describe, expect, it } from 'vitest'
import { TemplateError } from './template-error.ts'
import {
  describeEdited as describeAfter,
  type Editable,
  find,
  ourFunction,
  type Resources,
  synthesizeTemplateFixture,
} from './testing/edited-template.ts'

const fixture = await synthesizeTemplateFixture()
afterAll(fixture.remove)

const describeEdited = (edit: (resources: Resources) => void) => describeAfter(fixture.assembly, edit)

describe('signing in that would not go here as it goes at AWS stops the start', () => {
  it.each<[string, (resources: Resources) => void, string]>([
    [
      "an issuer's address that cannot be led to this machine",
      (resources) => {
        const pool = find(resources, 'AWS::Cognito::UserPool').id
        ourFunction(resources).properties.Environment.Variables.DISCOVERY = {
          'Fn::Join': [
            '',
            [{ 'Fn::GetAtt': [pool, 'Arn'] }, ' https://cognito-idp.us-east-1.amazonaws.com/other'],
          ],
        }
      },
      'names cognito-idp.us-east-1.amazonaws.com otherwise than in an address',
    ],
    [
      "a page of the managed login's that is somewhere else here",
      (resources) => {
        const domain = find(resources, 'AWS::Cognito::UserPoolDomain').properties.Domain
        ourFunction(resources).properties.Environment.Variables.LOGOUT = {
          'Fn::Join': [
            '',
            ['https://', domain, '.auth.', { Ref: 'AWS::Region' }, '.amazoncognito.com/logout'],
          ],
        }
      },
      '.auth.us-east-1.amazoncognito.com otherwise than in an address',
    ],
    [
      'a second user pool',
      (resources) => {
        resources.Other = structuredClone(resources[find(resources, 'AWS::Cognito::UserPool').id] as Editable)
      },
      'one user pool at most can have an address on this machine',
    ],
    [
      'a user pool that anybody may join',
      (resources) => {
        find(resources, 'AWS::Cognito::UserPool').properties.AdminCreateUserConfig.AllowAdminCreateUserOnly =
          false
      },
      'AllowAdminCreateUserOnly must be true here',
    ],
    [
      'a function that a user pool asks',
      (resources) => {
        find(resources, 'AWS::Cognito::UserPool').properties.LambdaConfig = {}
      },
      'LambdaConfig is not understood here',
    ],
    [
      'people with names of their own',
      (resources) => {
        find(resources, 'AWS::Cognito::UserPool').properties.UsernameAttributes = ['phone_number']
      },
      'UsernameAttributes must be ["email"] here',
    ],
    [
      'a user pool without a page to sign in on',
      (resources) => {
        delete resources[find(resources, 'AWS::Cognito::UserPoolDomain').id]
      },
      'must have exactly one domain',
    ],
    [
      'the older pages to sign in on, which know no passkeys',
      (resources) => {
        delete find(resources, 'AWS::Cognito::UserPoolDomain').properties.ManagedLoginVersion
      },
      'ManagedLoginVersion must be 2 here',
    ],
    [
      'a client without a style, whose page to sign in on would not be available',
      (resources) => {
        delete resources[find(resources, 'AWS::Cognito::ManagedLoginBranding').id]
      },
      'must have a managed login branding',
    ],
    [
      'a client with a secret',
      (resources) => {
        find(resources, 'AWS::Cognito::UserPoolClient').properties.GenerateSecret = true
      },
      'GenerateSecret must be false here',
    ],
    [
      'a client that gets its tokens in an address',
      (resources) => {
        find(resources, 'AWS::Cognito::UserPoolClient').properties.AllowedOAuthFlows.push('implicit')
      },
      'AllowedOAuthFlows must be ["code"] here',
    ],
    [
      'tokens that live for a time that nobody knows',
      (resources) => {
        delete find(resources, 'AWS::Cognito::UserPoolClient').properties.TokenValidityUnits
      },
      'IdToken must be text',
    ],
    [
      'tokens with whatever there is to say of a person',
      (resources) => {
        delete find(resources, 'AWS::Cognito::UserPoolClient').properties.ReadAttributes
      },
      'ReadAttributes must be a list',
    ],
    [
      'an owner whose address is not verified',
      (resources) => {
        find(resources, 'AWS::Cognito::UserPoolUser').properties.UserAttributes.pop()
      },
      'email_verified must be "true" here',
    ],
    [
      'an owner who is told by a text message',
      (resources) => {
        delete find(resources, 'AWS::Cognito::UserPoolUser').properties.DesiredDeliveryMediums
      },
      'DesiredDeliveryMediums must be ["EMAIL"] here',
    ],
  ])('%s', (_, edit, message) => {
    expect(() => describeEdited(edit)).toThrow(TemplateError)
    expect(() => describeEdited(edit)).toThrow(message)
  })
})
