import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { Template } from 'aws-cdk-lib/assertions'
import { App } from 'aws-cdk-lib/core'
import type { Deployment } from '../deployment-context.ts'
import { MihariStack } from '../mihari-stack.ts'
import { writeBuiltFixture } from './built-fixture.ts'

/** The real stack over a small build, synthesized: for tests. */
export function synthesizeStackFixture(deployment: Partial<Deployment> = {}) {
  const built = writeBuiltFixture()
  try {
    const stack = new MihariStack(new App({ analyticsReporting: false }), 'Mihari', {
      functionFolder: join(built, 'dist/lambda'),
      siteFolder: join(built, 'dist/web'),
      deployment: {
        ownerEmail: 'owner@example.org',
        issuer: null,
        iceServers: [{ urls: 'stun:stun.example:3478' }],
        ...deployment,
      },
    })
    return { stack, template: Template.fromStack(stack) }
  } finally {
    rmSync(built, { recursive: true })
  }
}

/** The logical id of the only resource of a type that has these properties. */
export function idOf(template: Template, type: string, properties: Record<string, unknown> = {}): string {
  const [id, ...others] = Object.keys(template.findResources(type, { Properties: properties }))
  if (id === undefined || others.length > 0) throw new Error(`not exactly one ${type}`)
  return id
}
