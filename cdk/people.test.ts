import { Match } from 'aws-cdk-lib/assertions'
import { AwsSolutionsChecks } from 'cdk-nag'
import { describe, expect, it } from 'vitest'
import { idOf, synthesizeStackFixture } from './testing/stack-fixture.ts'

const { template } = synthesizeStackFixture()

const POOL = { Ref: idOf(template, 'AWS::Cognito::UserPool') }
const CLIENT = { Ref: idOf(template, 'AWS::Cognito::UserPoolClient') }
const SITE = { 'Fn::GetAtt': [idOf(template, 'AWS::CloudFront::Distribution'), 'DomainName'] }
const HOME_PAGE = { 'Fn::Join': ['', ['https://', SITE, '/']] }
const STACK_UUID = { 'Fn::Select': [2, { 'Fn::Split': ['/', { Ref: 'AWS::StackId' }] }] }

describe('the user pool', () => {
  it('lets nobody make an account, and outlives the stack', () => {
    template.hasResource('AWS::Cognito::UserPool', {
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
        DeletionProtection: 'ACTIVE',
      },
    })
  })

  it('knows people by a verified e-mail address alone, however it is written', () => {
    template.hasResourceProperties('AWS::Cognito::UserPool', {
      UsernameAttributes: ['email'],
      UsernameConfiguration: { CaseSensitive: false },
      AutoVerifiedAttributes: ['email'],
      UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ['email'] },
      AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'verified_email', Priority: 1 }] },
      SmsConfiguration: Match.absent(),
    })
  })

  it('takes a passkey or a long password, and a second factor from who wants one', () => {
    template.hasResourceProperties('AWS::Cognito::UserPool', {
      Policies: {
        PasswordPolicy: {
          MinimumLength: 12,
          RequireLowercase: true,
          RequireNumbers: true,
          RequireSymbols: true,
          RequireUppercase: true,
          TemporaryPasswordValidityDays: 7,
        },
        SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'WEB_AUTHN'] },
      },
      UserPoolTier: 'ESSENTIALS',
      // Required, it would refuse passkeys.
      MfaConfiguration: 'OPTIONAL',
      EnabledMfas: ['SOFTWARE_TOKEN_MFA'],
      WebAuthnUserVerification: 'required',
    })
  })

  it('has a page to sign in on, of a name that no other stack has, which is that of its passkeys', () => {
    template.hasResourceProperties('AWS::Cognito::UserPoolDomain', {
      UserPoolId: POOL,
      Domain: { 'Fn::Join': ['', ['mihari-', STACK_UUID]] },
      ManagedLoginVersion: 2,
    })
    template.hasResourceProperties('AWS::Cognito::UserPool', {
      WebAuthnRelyingPartyID: {
        'Fn::Join': ['', ['mihari-', STACK_UUID, '.auth.', { Ref: 'AWS::Region' }, '.amazoncognito.com']],
      },
    })
    template.hasResourceProperties('AWS::Cognito::ManagedLoginBranding', {
      UserPoolId: POOL,
      ClientId: CLIENT,
      UseCognitoProvidedValues: true,
    })
  })
})

describe('the client', () => {
  it('is public, and gets a code at the site and nowhere else', () => {
    template.resourceCountIs('AWS::Cognito::UserPoolClient', 1)
    template.hasResourceProperties('AWS::Cognito::UserPoolClient', {
      GenerateSecret: false,
      AllowedOAuthFlows: ['code'],
      AllowedOAuthScopes: ['openid', 'email'],
      CallbackURLs: [HOME_PAGE],
      LogoutURLs: [HOME_PAGE],
      SupportedIdentityProviders: ['COGNITO'],
      ExplicitAuthFlows: ['ALLOW_USER_AUTH'],
      PreventUserExistenceErrors: 'ENABLED',
    })
  })

  it('renews a short token for ninety days by one that is used once and can be revoked', () => {
    template.hasResourceProperties('AWS::Cognito::UserPoolClient', {
      IdTokenValidity: 60,
      AccessTokenValidity: 60,
      RefreshTokenValidity: 90 * 24 * 60,
      TokenValidityUnits: { AccessToken: 'minutes', IdToken: 'minutes', RefreshToken: 'minutes' },
      RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 60 },
      EnableTokenRevocation: true,
    })
  })

  it('learns the address and whether it is verified, and lets nobody say that it is', () => {
    template.hasResourceProperties('AWS::Cognito::UserPoolClient', {
      ReadAttributes: ['email', 'email_verified'],
      WriteAttributes: ['email'],
    })
  })
})

describe('the first owner', () => {
  it('is invited by mail once there is something to open, and keeps the account', () => {
    const deployments = Object.keys(template.findResources('Custom::CDKBucketDeployment'))
    template.hasResource('AWS::Cognito::UserPoolUser', {
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      DependsOn: Match.arrayWith([
        idOf(template, 'AWS::Cognito::ManagedLoginBranding'),
        idOf(template, 'AWS::Cognito::UserPoolDomain'),
        ...deployments.sort(),
      ]),
      Properties: {
        UserPoolId: POOL,
        Username: 'owner@example.org',
        UserAttributes: [
          { Name: 'email', Value: 'owner@example.org' },
          { Name: 'email_verified', Value: 'true' },
        ],
        DesiredDeliveryMediums: ['EMAIL'],
        MessageAction: Match.absent(),
      },
    })
  })
})

describe('a mail', () => {
  const pool = template.findResources('AWS::Cognito::UserPool')[POOL.Ref]?.Properties ?? {}
  const { EmailMessage, EmailSubject } = pool.AdminCreateUserConfig.InviteMessageTemplate
  const invitation: string = EmailMessage['Fn::Join'][1]
    .map((part: unknown) => (typeof part === 'string' ? part : 'site.example'))
    .join('')

  it('of invitation names the app in both languages and leads to the site', () => {
    expect(EmailSubject).toMatch(/Mihari.*招待/)
    expect(invitation).toMatch(/Mihari, an app that shows home cameras/)
    expect(invitation).toContain('「Mihari（見張り）」')
    expect(invitation).toContain('<a href="https://site.example/#sign-in">https://site.example/#sign-in</a>')
  })

  it('of invitation has the address and the password, each once and apart from other text', () => {
    expect(invitation.match(/: \{username\}<\/p>/g)).toHaveLength(1)
    expect(invitation.match(/: \{####\}<\/p>/g)).toHaveLength(1)
    expect(invitation.match(/\{/g)).toHaveLength(2)
  })

  it('with a code has it once', () => {
    const { EmailVerificationMessage, EmailVerificationSubject } = pool
    expect(EmailVerificationSubject).toMatch(/Mihari.*確認コード/)
    expect(EmailVerificationMessage.match(/<p>\{####\}<\/p>/g)).toHaveLength(1)
  })

  it('is of a length that Cognito sends', () => {
    expect(EmailSubject.length).toBeLessThanOrEqual(140)
    expect(invitation.length).toBeLessThanOrEqual(20_000)
  })
})

describe('with an issuer that was there before', () => {
  const configured = synthesizeStackFixture({
    issuer: {
      issuer: 'https://issuer.example/realm',
      clientId: 'mihari-web',
      scope: 'openid email profile',
      origins: ['https://issuer.example', 'https://tokens.example'],
    },
  })

  it('no pool is made, and nobody may be invited into one', () => {
    for (const { Type } of Object.values(configured.template.toJSON().Resources as { Type: string }[])) {
      expect(Type).not.toMatch(/Cognito/)
    }
    expect(JSON.stringify(configured.template.toJSON())).not.toContain('cognito')
  })

  it('the function is told the issuer, and to look for its keys itself', () => {
    configured.template.hasResourceProperties('AWS::Lambda::Function', {
      Environment: {
        Variables: Match.objectLike({
          OIDC_ISSUER: 'https://issuer.example/realm',
          OIDC_CLIENT_ID: 'mihari-web',
          OIDC_JWKS_URL: '',
          OWNER_EMAIL: 'owner@example.org',
          USER_POOL_ID: '',
        }),
      },
    })
  })

  it('the page may reach where it signs in, and nothing of Cognito', () => {
    const policies = configured.template.findResources('AWS::CloudFront::ResponseHeadersPolicy')
    expect(JSON.stringify(policies)).toContain(' https://issuer.example https://tokens.example; base-uri')
  })

  it('cdk-nag finds nothing either', () => {
    expect(new AwsSolutionsChecks().validateScope(configured.stack).violations).toEqual([])
  })
})
