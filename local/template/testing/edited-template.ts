import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { writeBuiltFixture } from '../../../cdk/testing/built-fixture.ts'
import { type Assembly, readAssembly } from '../assembly.ts'
import type { CloudDescription } from '../cloud-description.ts'
import { describeAssembly } from '../describe-cloud.ts'
import { synthesize } from '../synthesize.ts'

export const ADDRESSES = {
  site: 'http://localhost:8080',
  socket: 'ws://localhost:8080',
  connections: 'http://127.0.0.1:40001',
  keySet: 'http://127.0.0.1:40002',
}

/** The template as an edit finds it: any resource's properties may be anything. */
export interface Editable {
  readonly Type: string
  // biome-ignore lint/suspicious/noExplicitAny: a test reaches into whatever the CDK wrote.
  readonly Properties: any
}

export type Resources = Record<string, Editable>

/** The real stack over a small build: for tests, which `remove` it. */
export async function synthesizeTemplateFixture() {
  const built = writeBuiltFixture()
  const outFolder = await synthesize({
    parentFolder: join(built, 'cdk.out'),
    report: () => undefined,
    builtIn: built,
  })
  return {
    built,
    outFolder,
    assembly: readAssembly(outFolder),
    remove: () => rmSync(built, { recursive: true }),
  }
}

/** Describes the template after an edit of its resources. */
export function describeEdited(assembly: Assembly, edit: (resources: Resources) => void): CloudDescription {
  const template = structuredClone(assembly.template)
  edit(template.Resources as Resources)
  return describeAssembly({ ...assembly, template }, ADDRESSES)
}

export function find(resources: Resources, type: string, has: (properties: string) => boolean = () => true) {
  const found = Object.entries(resources).find(
    ([, { Type, Properties }]) => Type === type && has(JSON.stringify(Properties)),
  )
  if (!found) throw new Error(`no ${type}`)
  return { id: found[0], properties: found[1].Properties }
}

export const ourFunction = (resources: Resources) =>
  find(resources, 'AWS::Lambda::Function', (text) => text.includes('nodejs24.x'))

export const ourPolicy = (resources: Resources) =>
  find(resources, 'AWS::IAM::Policy', (text) => text.includes('dynamodb:'))
