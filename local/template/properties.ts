import { TemplateError } from './template-error.ts'

export type Properties = Readonly<Record<string, unknown>>

/** Refuses what nobody here reads: dropped in silence, it would make this machine differ from AWS. */
export function refuseUnknown(properties: Properties, known: readonly string[], where: string): void {
  for (const name of Object.keys(properties)) {
    if (!known.includes(name)) throw new TemplateError(`${where}: ${name} is not understood here`)
  }
}

export function textOf(properties: Properties, name: string, where: string): string {
  const value = properties[name]
  if (typeof value !== 'string') throw new TemplateError(`${where}: ${name} must be text`)
  return value
}

export function numberOf(properties: Properties, name: string, where: string): number {
  const value = properties[name]
  if (typeof value !== 'number') throw new TemplateError(`${where}: ${name} must be a number`)
  return value
}

/** A list, or nothing, which is the empty list. */
export function listOf(properties: Properties, name: string, where: string): readonly unknown[] {
  const value = properties[name] ?? []
  if (!Array.isArray(value)) throw new TemplateError(`${where}: ${name} must be a list`)
  return value
}

export function textsOf(properties: Properties, name: string, where: string): readonly string[] {
  return listOf(properties, name, where).map((item) => {
    if (typeof item !== 'string') throw new TemplateError(`${where}: ${name} must be a list of texts`)
    return item
  })
}

/** An object, or nothing, which is the empty object. */
export function objectOf(properties: Properties, name: string, where: string): Properties {
  return asObject(properties[name] ?? {}, `${where}.${name}`)
}

export function asObject(value: unknown, where: string): Properties {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new TemplateError(`${where} must be an object`)
  }
  return value as Properties
}

/** The one value that is understood here, given or left out. */
export function requireValue(properties: Properties, name: string, value: unknown, where: string): void {
  if (properties[name] !== value) {
    throw new TemplateError(`${where}: ${name} must be ${JSON.stringify(value)} here`)
  }
}

/** The one list of texts that is understood here. */
export function requireList(
  properties: Properties,
  name: string,
  texts: readonly string[],
  where: string,
): void {
  if (JSON.stringify(properties[name]) !== JSON.stringify(texts)) {
    throw new TemplateError(`${where}: ${name} must be ${JSON.stringify(texts)} here`)
  }
}
