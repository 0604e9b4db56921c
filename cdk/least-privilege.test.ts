import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { synthesizeStackFixture } from './testing/stack-fixture.ts'

interface Statement {
  readonly Effect: string
  readonly Action: string | string[]
  readonly Resource: unknown
  readonly Condition?: unknown
}

/** Every statement of the role of our function. */
function ourStatements(): Statement[] {
  const { template } = synthesizeStackFixture()
  const [ours] = Object.values(
    template.findResources('AWS::Lambda::Function', { Properties: { Runtime: 'nodejs24.x' } }),
  )
  const role: string = ours?.Properties.Role['Fn::GetAtt'][0]
  const properties = template.findResources('AWS::IAM::Role')[role]?.Properties
  expect(Object.keys(properties)).toEqual(['AssumeRolePolicyDocument'])
  return Object.values(template.findResources('AWS::IAM::Policy'))
    .filter(({ Properties }) => Properties.Roles.some(({ Ref }: { Ref: string }) => Ref === role))
    .flatMap(({ Properties }) => Properties.PolicyDocument.Statement)
}

/** The commands of the AWS SDK that the deployed code sends. */
function commandsInCode(): Set<string> {
  const lambdas = join(import.meta.dirname, '../lambdas')
  const sources = readdirSync(lambdas, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts') && !path.includes('testing'))
    .map((path) => readFileSync(join(lambdas, path), 'utf8'))
  return new Set(
    sources.flatMap((source) => [...source.matchAll(/new (\w+)Command\(/g)].map(([, name = '']) => name)),
  )
}

/** Action, and for connections the method of the resource, of each command. */
const NEEDS: Readonly<Record<string, string>> = {
  AdminCreateUser: 'cognito-idp:AdminCreateUser',
  BatchGet: 'dynamodb:BatchGetItem',
  Delete: 'dynamodb:DeleteItem',
  DeleteConnection: 'execute-api:ManageConnections DELETE',
  Get: 'dynamodb:GetItem',
  PostToConnection: 'execute-api:ManageConnections POST',
  Put: 'dynamodb:PutItem',
  Query: 'dynamodb:Query',
  Update: 'dynamodb:UpdateItem',
}

const statements = ourStatements()

describe('the role of the function', () => {
  it('allows exactly what the code asks of the table, of connections and of the user pool', () => {
    const allowed = statements.flatMap(({ Action, Resource }) =>
      [Action].flat().flatMap((action) => {
        if (action.startsWith('logs:')) return []
        if (action !== 'execute-api:ManageConnections') return [action]
        return [Resource].flat().map((arn) => {
          const [, method] = /\/(\w+)\/@connections\/\*/.exec(JSON.stringify(arn)) ?? []
          return `${action} ${method}`
        })
      }),
    )
    const needed = [...commandsInCode()].map((name) => NEEDS[name] ?? `an action for ${name}Command`)
    expect(allowed.sort()).toEqual(needed.sort())
  })

  it('makes accounts in its own user pool and in no other', () => {
    const accounts = statements.filter(({ Action }) =>
      [Action].flat().some((one) => one.startsWith('cognito')),
    )
    expect(accounts).toEqual([
      {
        Effect: 'Allow',
        Action: 'cognito-idp:AdminCreateUser',
        Resource: { 'Fn::GetAtt': [expect.stringMatching(/^PeoplePool/), 'Arn'] },
      },
    ])
  })

  it('writes to its own log and to no other', () => {
    const logs = statements.filter(({ Action }) =>
      [Action].flat().some((action) => action.startsWith('logs:')),
    )
    expect(logs).toEqual([
      {
        Effect: 'Allow',
        Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        Resource: { 'Fn::GetAtt': [expect.stringMatching(/^FunctionLogs/), 'Arn'] },
      },
    ])
  })

  it('names every resource: no `*`, no wildcard in an action', () => {
    for (const { Effect, Action, Resource } of statements) {
      expect(Effect).toBe('Allow')
      expect([Action].flat().join()).not.toContain('*')
      for (const resource of [Resource].flat()) {
        expect(resource).not.toBe('*')
        expect(JSON.stringify(resource)).toMatch(/"Ref":"\w+"|"Fn::GetAtt"/)
      }
    }
  })
})
