// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Fn::Sub has this syntax.
import { describe, expect, it } from 'vitest'
import { createResolver } from './resolver.ts'
import { TemplateError } from './template-error.ts'

const resolve = createResolver('Home', {
  Resources: {
    Items: { Type: 'AWS::DynamoDB::Table' },
    Api: { Type: 'AWS::ApiGatewayV2::Api' },
    Stage: { Type: 'AWS::ApiGatewayV2::Stage', Properties: { StageName: 'v1' } },
    Queue: { Type: 'AWS::SQS::Queue' },
  },
})

const ARN = 'arn:aws:dynamodb:us-east-1:000000000000:table/Home-Items'

describe('a template value', () => {
  it.each<[string, unknown, unknown]>([
    ['plain', { a: [1, true, 'x', null] }, { a: [1, true, 'x', null] }],
    ['a pseudo parameter', { Ref: 'AWS::Region' }, 'us-east-1'],
    ['the stack name', { Ref: 'AWS::StackName' }, 'Home'],
    [
      "the stack's own id",
      { 'Fn::Select': [2, { 'Fn::Split': ['/', { Ref: 'AWS::StackId' }] }] },
      expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
    ],
    ['a reference', { Ref: 'Items' }, 'Home-Items'],
    ['a reference to a stage', { Ref: 'Stage' }, 'v1'],
    ['an attribute', { 'Fn::GetAtt': ['Items', 'Arn'] }, ARN],
    ['an attribute in one text', { 'Fn::GetAtt': 'Items.Arn' }, ARN],
    ['a join', { 'Fn::Join': ['-', ['a', { Ref: 'Items' }, 1]] }, 'a-Home-Items-1'],
    ['a substitution', { 'Fn::Sub': '${AWS::Partition}/${Items}/${Items.Arn}' }, `aws/Home-Items/${ARN}`],
    ['a substitution of its own', { 'Fn::Sub': ['${X}-${Items}', { X: { Ref: 'Stage' } }] }, 'v1-Home-Items'],
    ['a literal in a substitution', { 'Fn::Sub': '${!Items}' }, '${Items}'],
    [
      'a choice',
      { 'Fn::Select': ['1', { 'Fn::Split': ['/', { 'Fn::GetAtt': ['Items', 'Arn'] }] }] },
      'Home-Items',
    ],
    ['no value in a list', ['a', { Ref: 'AWS::NoValue' }], ['a']],
    ['no value in an object', { a: { Ref: 'AWS::NoValue' }, b: 1 }, { b: 1 }],
  ])('is resolved: %s', (_, value, expected) => {
    expect(resolve(value, 'here')).toEqual(expected)
  })

  it.each<[string, unknown, string]>([
    ['a missing resource', { Ref: 'Gone' }, 'refers to Gone, which the template does not have'],
    ['a type that is not made here', { Ref: 'Queue' }, 'a AWS::SQS::Queue, which is not made here'],
    [
      'an unknown attribute',
      { 'Fn::GetAtt': ['Items', 'StreamArn'] },
      'StreamArn of Items is not known here',
    ],
    ['an unknown name in a substitution', { 'Fn::Sub': '${Gone}' }, 'refers to Gone'],
    ['a condition', { 'Fn::If': ['A', 1, 2] }, 'Fn::If is not understood here'],
    ['an import', { 'Fn::ImportValue': 'x' }, 'Fn::ImportValue is not understood here'],
    ['a choice past the end', { 'Fn::Select': [2, ['a']] }, 'Fn::Select finds nothing at 2'],
    ['an object in a join', { 'Fn::Join': ['', [{ a: 1, b: 2 }]] }, 'expected text'],
  ])('that cannot be resolved is an error that says where: %s', (_, value, message) => {
    const read = () => resolve({ deep: [value] }, 'Function (AWS::Lambda::Function)')
    expect(read).toThrow(TemplateError)
    expect(read).toThrow(/^Function \(AWS::Lambda::Function\)\.deep\[0\]/)
    expect(read).toThrow(message)
  })

  it('has the same invented ids at every start', () => {
    const again = createResolver('Home', { Resources: { Api: { Type: 'AWS::ApiGatewayV2::Api' } } })
    expect(resolve({ Ref: 'Api' }, 'here')).toBe(again({ Ref: 'Api' }, 'here'))
    expect(resolve({ Ref: 'Api' }, 'here')).toMatch(/^[a-z0-9]{10}$/)
  })
})
