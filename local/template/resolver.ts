import { type InventedResource, inventResource, stackParameters } from './invented-resources.ts'
import type { Template } from './template.ts'
import { TemplateError } from './template-error.ts'

/** Gives a template value with every reference in it replaced. Throws TemplateError, naming `where`. */
export type Resolve = (value: unknown, where: string) => unknown

const NO_VALUE = Symbol('AWS::NoValue')

export function createResolver(stackName: string, template: Template): Resolve {
  const pseudo = stackParameters(stackName)

  function resource(logicalId: string, where: string): InventedResource {
    const target = template.Resources[logicalId]
    if (!target) throw new TemplateError(`${where}: refers to ${logicalId}, which the template does not have`)
    const invented = inventResource(stackName, logicalId, target)
    if (!invented)
      throw new TemplateError(`${where}: refers to ${logicalId}, a ${target.Type}, which is not made here`)
    return invented
  }

  function ref(logicalId: string, where: string): string {
    return pseudo[logicalId] ?? resource(logicalId, where).ref
  }

  function attribute(logicalId: string, name: string, where: string): string {
    const value = resource(logicalId, where).attributes[name]
    if (value === undefined) {
      throw new TemplateError(`${where}: ${name} of ${logicalId} is not known here`)
    }
    return value
  }

  function substitute(argument: unknown, where: string): string {
    const [template, own] = Array.isArray(argument) ? argument : [argument, {}]
    const variables = Object(resolve(own, where)) as Record<string, unknown>
    return text(template, where).replace(/\$\{(!?)([^}]+)\}/g, (whole, literal: string, name: string) => {
      if (literal) return whole.replace('!', '')
      if (name in variables) return text(variables[name], where)
      const [logicalId = '', ...path] = name.split('.')
      return path.length > 0 ? attribute(logicalId, path.join('.'), where) : ref(logicalId, where)
    })
  }

  const intrinsics: Readonly<Record<string, (argument: unknown, where: string) => unknown>> = {
    Ref: (argument, where) => (argument === 'AWS::NoValue' ? NO_VALUE : ref(String(argument), where)),
    'Fn::GetAtt': (argument, where) => {
      const [logicalId, ...path] = Array.isArray(argument) ? argument : String(argument).split('.')
      return attribute(String(logicalId), path.join('.'), where)
    },
    'Fn::Join': (argument, where) => {
      const [separator, parts] = list(argument, where)
      return list(resolve(parts, where), where)
        .map((part) => text(part, where))
        .join(text(separator, where))
    },
    'Fn::Select': (argument, where) => {
      const [index, items] = list(argument, where)
      const chosen = list(resolve(items, where), where)[Number(index)]
      if (chosen === undefined) throw new TemplateError(`${where}: Fn::Select finds nothing at ${index}`)
      return chosen
    },
    'Fn::Split': (argument, where) => {
      const [separator, whole] = list(argument, where)
      return text(resolve(whole, where), where).split(text(separator, where))
    },
    'Fn::Sub': substitute,
  }

  function resolve(value: unknown, where: string): unknown {
    if (Array.isArray(value)) {
      return value
        .map((item, index) => resolve(item, `${where}[${index}]`))
        .filter((item) => item !== NO_VALUE)
    }
    if (typeof value !== 'object' || value === null) return value
    const entries = Object.entries(value)
    const [[key, argument] = ['', undefined]] = entries
    if (entries.length === 1 && (key === 'Ref' || key.startsWith('Fn::') || key === 'Condition')) {
      const intrinsic = intrinsics[key]
      if (!intrinsic) throw new TemplateError(`${where}: ${key} is not understood here`)
      return intrinsic(argument, where)
    }
    return Object.fromEntries(
      entries
        .map(([name, item]) => [name, resolve(item, `${where}.${name}`)] as const)
        .filter(([, item]) => item !== NO_VALUE),
    )
  }

  return resolve
}

function text(value: unknown, where: string): string {
  if (typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  throw new TemplateError(`${where}: expected text, found ${JSON.stringify(value)}`)
}

function list(value: unknown, where: string): readonly unknown[] {
  if (Array.isArray(value)) return value
  throw new TemplateError(`${where}: expected a list, found ${JSON.stringify(value)}`)
}
