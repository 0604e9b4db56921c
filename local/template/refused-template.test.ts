import { afterAll, describe, expect, it } from 'vitest'
import { describeCloud } from './describe-cloud.ts'
import { TemplateError } from './template-error.ts'
import {
  ADDRESSES,
  describeEdited as describeAfter,
  type Editable,
  find,
  ourFunction,
  ourPolicy,
  type Resources,
  synthesizeTemplateFixture,
} from './testing/edited-template.ts'

const fixture = await synthesizeTemplateFixture()
afterAll(fixture.remove)

const describeEdited = (edit: (resources: Resources) => void) => describeAfter(fixture.assembly, edit)

describe('what would not be done here as AWS does it stops the start', () => {
  it.each<[string, (resources: Resources) => void, string]>([
    [
      'a condition in a policy of the function',
      (resources) => {
        ourPolicy(resources).properties.PolicyDocument.Statement[0].Condition = { Bool: { a: 'true' } }
      },
      'a policy statement: Condition is not understood here',
    ],
    [
      'everything but an action',
      (resources) => {
        const [statement] = ourPolicy(resources).properties.PolicyDocument.Statement
        delete statement.Action
        statement.NotAction = 'dynamodb:Scan'
      },
      'NotAction is not understood here',
    ],
    [
      'a statement without a resource',
      (resources) => {
        delete ourPolicy(resources).properties.PolicyDocument.Statement[0].Resource
      },
      'a policy statement without Resource',
    ],
    [
      'a resource of a policy that is not in the template',
      (resources) => {
        ourPolicy(resources).properties.PolicyDocument.Statement[0].Resource = {
          'Fn::GetAtt': ['Gone', 'Arn'],
        }
      },
      'refers to Gone',
    ],
    [
      'a managed policy, whose text nobody here knows',
      (resources) => {
        const { Role } = ourFunction(resources).properties
        const role = resources[Role['Fn::GetAtt'][0]] as Editable
        role.Properties.ManagedPolicyArns = ['arn:aws:iam::aws:policy/AdministratorAccess']
      },
      'ManagedPolicyArns is not understood here',
    ],
    [
      'a layer under the function',
      (resources) => {
        ourFunction(resources).properties.Layers = ['arn:aws:lambda:us-east-1:000000000000:layer:x:1']
      },
      'Layers is not understood here',
    ],
    [
      'another runtime',
      (resources) => {
        ourFunction(resources).properties.Runtime = 'python3.13'
      },
      'python3.13 is not run here',
    ],
    [
      'code that is not among the assets',
      (resources) => {
        ourFunction(resources).properties.Code.S3Key = 'gone.zip'
      },
      'no folder among the assets of Mihari becomes gone.zip',
    ],
    [
      'an address in pieces that cannot be led to this machine',
      (resources) => {
        const api = find(resources, 'AWS::ApiGatewayV2::Api').id
        ourFunction(resources).properties.Environment.Variables.API_ID = { Ref: api }
      },
      'otherwise than in an address that can be led here',
    ],
    [
      'a route to an integration that is gone',
      (resources) => {
        delete resources[find(resources, 'AWS::ApiGatewayV2::Integration').id]
      },
      'which the template does not have',
    ],
    [
      'a route that answers its caller',
      (resources) => {
        find(resources, 'AWS::ApiGatewayV2::Route').properties.RouteResponseSelectionExpression = '$default'
      },
      'RouteResponseSelectionExpression is not understood here',
    ],
    [
      'a stage that somebody must deploy',
      (resources) => {
        delete find(resources, 'AWS::ApiGatewayV2::Stage').properties.AutoDeploy
      },
      'AutoDeploy must be true here',
    ],
    [
      'a function in front of the site',
      (resources) => {
        const { DefaultCacheBehavior } = find(resources, 'AWS::CloudFront::Distribution').properties
          .DistributionConfig
        DefaultCacheBehavior.FunctionAssociations = [{}]
      },
      'FunctionAssociations is not understood here',
    ],
    [
      'a deployment that prunes',
      (resources) => {
        find(resources, 'Custom::CDKBucketDeployment').properties.Prune = true
      },
      'Prune must be false here',
    ],
    [
      'an address that comes together only in a deployed file',
      (resources) => {
        const { SourceMarkers } = find(resources, 'Custom::CDKBucketDeployment', (text) =>
          text.includes('ProviderURL'),
        ).properties
        const markers = SourceMarkers.find((some: object) => Object.keys(some).length > 0)
        const [socket] = Object.keys(markers).sort()
        markers[String(socket)] = 'https://cognito-idp.us-east-1'
        markers['/v1'] = '.amazonaws.com'
      },
      'config.json makes an address of several references',
    ],
    [
      'a conditional resource',
      (resources) => {
        Object.assign(resources[find(resources, 'AWS::DynamoDB::Table').id] as Editable, { Condition: 'A' })
      },
      'conditional resources are not understood here',
    ],
    [
      'a type that nobody here runs',
      (resources) => {
        resources.Queue = { Type: 'AWS::SQS::Queue', Properties: {} }
      },
      'Queue (AWS::SQS::Queue): this type is not run here',
    ],
  ])('%s', (_, edit, message) => {
    expect(() => describeEdited(edit)).toThrow(TemplateError)
    expect(() => describeEdited(edit)).toThrow(message)
  })

  it('a folder without a synth in it', () => {
    expect(() => describeCloud(fixture.built, ADDRESSES)).toThrow(/manifest\.json is no output of a synth/)
  })
})
