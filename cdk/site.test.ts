import { Match } from 'aws-cdk-lib/assertions'
import { describe, it } from 'vitest'
import { idOf, synthesizeStackFixture } from './testing/stack-fixture.ts'

const { template } = synthesizeStackFixture()

describe('the site', () => {
  it('is a private bucket that outlives the stack', () => {
    template.hasResource('AWS::S3::Bucket', {
      DeletionPolicy: 'Retain',
      Properties: {
        BucketEncryption: Match.anyValue(),
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
      },
    })
    template.hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Effect: 'Deny',
            Action: 's3:*',
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          }),
        ]),
      },
    })
  })

  it('is reached by https through a distribution that alone may read the bucket', () => {
    template.hasResourceProperties('AWS::CloudFront::Distribution', {
      DistributionConfig: {
        DefaultRootObject: 'index.html',
        HttpVersion: 'http2and3',
        DefaultCacheBehavior: { ViewerProtocolPolicy: 'redirect-to-https', Compress: true },
        Origins: [Match.objectLike({ OriginAccessControlId: Match.anyValue() })],
      },
    })
  })

  it('lets the page load its own files, the socket and what signing in needs, and nothing else', () => {
    const socket = { 'Fn::GetAtt': [idOf(template, 'AWS::ApiGatewayV2::Api'), 'ApiEndpoint'] }
    const region = { Ref: 'AWS::Region' }
    const stackUuid = { 'Fn::Select': [2, { 'Fn::Split': ['/', { Ref: 'AWS::StackId' }] }] }
    template.hasResourceProperties('AWS::CloudFront::ResponseHeadersPolicy', {
      ResponseHeadersPolicyConfig: {
        SecurityHeadersConfig: {
          ContentSecurityPolicy: {
            ContentSecurityPolicy: {
              'Fn::Join': [
                '',
                [
                  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self' ",
                  socket,
                  ' https://cognito-idp.',
                  region,
                  '.',
                  { Ref: 'AWS::URLSuffix' },
                  ' https://mihari-',
                  stackUuid,
                  '.auth.',
                  region,
                  ".amazoncognito.com; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
                ],
              ],
            },
            Override: true,
          },
        },
      },
    })
  })

  it('sends the other headers that keep a page to itself', () => {
    template.hasResourceProperties('AWS::CloudFront::ResponseHeadersPolicy', {
      ResponseHeadersPolicyConfig: {
        SecurityHeadersConfig: {
          ContentTypeOptions: { Override: true },
          FrameOptions: { FrameOption: 'DENY' },
          ReferrerPolicy: { ReferrerPolicy: 'no-referrer' },
          StrictTransportSecurity: { AccessControlMaxAgeSec: 63_072_000, IncludeSubdomains: true },
        },
        CustomHeadersConfig: {
          Items: Match.arrayWith([
            Match.objectLike({
              Header: 'Permissions-Policy',
              Value: Match.stringLikeRegexp('microphone=\\(\\)'),
            }),
            Match.objectLike({ Header: 'Cross-Origin-Opener-Policy', Value: 'same-origin' }),
          ]),
        },
      },
    })
  })

  it('tells the page where the socket is and where to sign in', () => {
    template.hasResourceProperties('Custom::CDKBucketDeployment', {
      Exclude: ['assets/*'],
      SourceMarkers: Match.arrayWith([
        Match.objectLike({
          '<<marker:0xbaba:0>>': { 'Fn::GetAtt': [idOf(template, 'AWS::ApiGatewayV2::Api'), 'ApiEndpoint'] },
          '<<marker:0xbaba:1>>': { 'Fn::GetAtt': [idOf(template, 'AWS::Cognito::UserPool'), 'ProviderURL'] },
          '<<marker:0xbaba:2>>': { Ref: idOf(template, 'AWS::Cognito::UserPoolClient') },
        }),
      ]),
    })
  })

  it('has hashed assets kept for ever, and the documents that name them asked for each time', () => {
    const assets = idOf(template, 'Custom::CDKBucketDeployment', { Include: ['assets/*'] })
    template.hasResourceProperties('Custom::CDKBucketDeployment', {
      Exclude: ['*'],
      Include: ['assets/*'],
      Prune: false,
      SystemMetadata: { 'cache-control': 'public, max-age=31536000, immutable' },
    })
    template.hasResource('Custom::CDKBucketDeployment', {
      Properties: {
        Exclude: ['assets/*'],
        Prune: false,
        SystemMetadata: { 'cache-control': 'no-cache' },
      },
      DependsOn: Match.arrayWith([assets]),
    })
  })
})
