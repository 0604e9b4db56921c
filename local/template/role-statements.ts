import type { PolicyStatement } from './cloud-description.ts'
import { asObject, listOf, objectOf, type Properties, refuseUnknown, textOf, textsOf } from './properties.ts'
import type { ResolvedStack } from './resolved-stack.ts'
import { TemplateError } from './template-error.ts'

/**
 * Every statement of every policy of a role. What the local check could not enforce (a condition, a managed policy
 * whose text is not in the template) throws: left out, it would allow more, or less, than AWS.
 */
export function roleStatements(stack: ResolvedStack, roleArn: string): readonly PolicyStatement[] {
  const role = stack.ofType('AWS::IAM::Role').find(({ attributes }) => attributes.Arn === roleArn)
  if (!role) throw new TemplateError(`the role ${roleArn} is not in the template`)
  refuseUnknown(role.properties, ['AssumeRolePolicyDocument', 'Description', 'Policies', 'Tags'], role.where)
  const inline = listOf(role.properties, 'Policies', role.where).map((policy) => ({
    properties: asObject(policy, role.where),
    where: `${role.where}.Policies`,
  }))
  const attached = stack
    .ofType('AWS::IAM::Policy')
    .filter(({ properties, where }) => textsOf(properties, 'Roles', where).includes(role.ref))
  return [...inline, ...attached].flatMap(({ properties, where }) => {
    const document = objectOf(properties, 'PolicyDocument', where)
    return [document.Statement ?? []]
      .flat()
      .map((statement) => readStatement(asObject(statement, where), where))
  })
}

function readStatement(statement: Properties, where: string): PolicyStatement {
  refuseUnknown(statement, ['Action', 'Effect', 'Resource', 'Sid'], `${where}: a policy statement`)
  const effect = textOf(statement, 'Effect', where)
  if (effect !== 'Allow' && effect !== 'Deny') throw new TemplateError(`${where}: Effect ${effect}`)
  return {
    effect,
    actions: oneOrMore(statement, 'Action', where),
    resources: oneOrMore(statement, 'Resource', where),
  }
}

function oneOrMore(statement: Properties, name: string, where: string): readonly string[] {
  const texts = textsOf({ [name]: [statement[name] ?? []].flat() }, name, where)
  if (texts.length === 0) throw new TemplateError(`${where}: a policy statement without ${name}`)
  return texts
}
