import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { systemClock } from '../local/clock.ts'
import { type Cloud, startCloud } from '../local/cloud.ts'
import { signIn } from '../local/identity/sign-in-client.ts'
import { createSite } from '../local/site/create-site.ts'
import { socketUrl, synthesizeBuilt } from '../local/start-mihari.ts'
import type { Assembly } from '../local/template/assembly.ts'
import { readAssembly } from '../local/template/assembly.ts'
import { describeAssembly } from '../local/template/describe-cloud.ts'
import { find, ourFunction, ourPolicy, type Resources } from '../local/template/testing/edited-template.ts'
import { connectViewer, connectWire } from './wire-client.ts'

let assembly: Assembly
let cloud: Cloud | undefined

beforeAll(async () => {
  assembly = readAssembly(await synthesizeBuilt(() => undefined))
})

afterEach(() => cloud?.close())

/** The deployed stack, but for one edit; the address of its socket, and who the owner is. */
async function startEdited(edit: (resources: Resources) => void) {
  const template = structuredClone(assembly.template)
  edit(template.Resources as Resources)
  const started = await startCloud({
    describe: (addresses) => describeAssembly({ ...assembly, template }, addresses),
    createSite,
    host: '127.0.0.1',
    port: 0,
    dataFolder: 'memory',
    latencyMs: 0,
    clock: systemClock,
    log: () => undefined,
  })
  if (started.kind !== 'started') throw new Error(started.kind)
  cloud = started.cloud
  if (cloud.identity === undefined) throw new Error('a stack without a user pool')
  const { idToken } = await signIn(cloud.url, cloud.identity.signInLink)
  return { url: await socketUrl(cloud.url), idToken, owner: { kind: 'bearer', token: idToken } as const }
}

describe('the real function on a template that', () => {
  it('is whole welcomes a viewer', async () => {
    const { url, idToken } = await startEdited(() => undefined)
    const { client } = await connectViewer(url, idToken)
    client.close()
  })

  it('has no $default route hears no message', async () => {
    const { url, owner } = await startEdited((resources) => {
      const { id } = find(resources, 'AWS::ApiGatewayV2::Route', (text) => text.includes('$default'))
      delete resources[id]
    })
    const client = await connectWire(url, owner)
    client.sayRaw('{"type":"hello"}')
    expect(await client.nextRaw()).toMatchObject({ message: 'Forbidden' })
    client.close()
  })

  it('has no $connect route asks nobody who they are, and agrees on no protocol', async () => {
    const { url, owner } = await startEdited((resources) => {
      const { id } = find(resources, 'AWS::ApiGatewayV2::Route', (text) => text.includes('$connect'))
      delete resources[id]
    })
    await expect(connectWire(url, owner)).rejects.toThrow('no subprotocol')
  })

  it('lacks an environment variable lets nobody in', async () => {
    const { url, owner } = await startEdited((resources) => {
      delete ourFunction(resources).properties.Environment.Variables.TABLE_NAME
    })
    await expect(connectWire(url, owner)).rejects.toThrow('500')
  })

  it.each(['dynamodb:PutItem', 'dynamodb:Query', 'execute-api:ManageConnections'])(
    'does not allow %s welcomes nobody',
    async (action) => {
      const { url, owner } = await startEdited((resources) => {
        const { PolicyDocument } = ourPolicy(resources).properties
        PolicyDocument.Statement = PolicyDocument.Statement.flatMap(
          (statement: { Action: string | string[] }) => {
            const left = [statement.Action].flat().filter((allowed) => allowed !== action)
            return left.length === 0 ? [] : [{ ...statement, Action: left }]
          },
        )
      })
      const client = await connectWire(url, owner)
      client.sayHello()
      if (action.startsWith('dynamodb')) {
        expect(await client.next('error')).toMatchObject({ code: 'internal' })
      } else {
        expect(await client.nextRaw()).toMatchObject({ message: 'Internal server error' })
      }
      client.close()
    },
  )
})
