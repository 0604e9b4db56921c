import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  AdminCreateUserCommand,
  type AdminCreateUserCommandInput,
  AdminGetUserCommand,
  CognitoIdentityProviderClient,
} from '@aws-sdk/client-cognito-identity-provider'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { describeFunction } from '../functions/testing/function-bundle.ts'
import type { Refusal } from '../iam/refusal.ts'
import type { PolicyStatement } from '../template/cloud-description.ts'
import type { Mail } from './mail.ts'
import { signIn } from './sign-in-client.ts'
import { type IdentityFixture, OWNER, POOL_ID, startIdentityFixture } from './testing/identity-fixture.ts'
import { createUserPoolService } from './user-pool-service.ts'

const POOL_ARN = `arn:aws:cognito-idp:us-east-1:000000000000:userpool/${POOL_ID}`
const ALLOWED: PolicyStatement = {
  effect: 'Allow',
  actions: ['cognito-idp:AdminCreateUser'],
  resources: [POOL_ARN],
}
const GUEST = 'guest@example.org'

let fixture: IdentityFixture
let server: Server
let statements: readonly PolicyStatement[]
let refusals: Refusal[]
let mails: Mail[]

beforeEach(async () => {
  fixture = await startIdentityFixture()
  statements = [ALLOWED]
  refusals = []
  mails = []
  const service = createUserPoolService({
    identity: fixture.identity,
    callerOf: (id) => (id === 'ASIAKNOWN' ? { ...caller, statements } : undefined),
    onRefused: (refusal) => refusals.push(refusal),
    onMail: (mail) => mails.push(mail),
  })
  server = createServer(service.handle).listen(0, '127.0.0.1')
  await once(server, 'listening')
})

afterEach(async () => {
  server.closeAllConnections()
  server.close()
  await fixture.close()
})

const caller = describeFunction('inviter', '')
afterAll(() => rmSync(caller.codeFolder, { recursive: true }))

function client(accessKeyId = 'ASIAKNOWN') {
  return new CognitoIdentityProviderClient({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: 'us-east-1',
    credentials: { accessKeyId, secretAccessKey: 'secret' },
    maxAttempts: 1,
  })
}

function invite(other: Partial<AdminCreateUserCommandInput> = {}, accessKeyId?: string) {
  return client(accessKeyId).send(
    new AdminCreateUserCommand({
      UserPoolId: POOL_ID,
      Username: GUEST,
      DesiredDeliveryMediums: ['EMAIL'],
      UserAttributes: [
        { Name: 'email', Value: GUEST },
        { Name: 'email_verified', Value: 'true' },
      ],
      ...other,
    }),
  )
}

describe('AdminCreateUser, asked by the real client', () => {
  it('makes an account and mails a link that signs its person in', async () => {
    const { User } = await invite()
    expect(User).toMatchObject({ UserStatus: 'FORCE_CHANGE_PASSWORD', Enabled: true })
    expect(User?.UserCreateDate?.getTime()).toBeCloseTo(fixture.clock.now(), -3)
    expect(mails).toEqual([
      { to: GUEST, link: expect.stringContaining('/identity/enter#'), validSeconds: 7 * 24 * 3600 },
    ])
    const { idToken } = await signIn(fixture.site, mails[0]?.link ?? '')
    expect(await fixture.verify(idToken)).toMatchObject({
      email: GUEST,
      email_verified: true,
      sub: User?.Username,
    })
  })

  it('of somebody who has an account is UsernameExistsException, in whatever case the address is written', async () => {
    await invite()
    for (const Username of [GUEST, 'GUEST@example.org', OWNER]) {
      const asked = invite({ Username, UserAttributes: [] })
      await expect(asked).rejects.toMatchObject({ name: 'UsernameExistsException' })
    }
    expect(mails).toHaveLength(1)
  })

  it('RESEND mails another link, the only one that is good then', async () => {
    await invite()
    await invite({ MessageAction: 'RESEND' })
    expect(mails).toHaveLength(2)
    await expect(signIn(fixture.site, mails[0]?.link ?? '')).rejects.toThrow(/refused/)
    await signIn(fixture.site, mails[1]?.link ?? '')
  })

  it('RESEND is for who has an account and has not used it', async () => {
    const again = () => invite({ MessageAction: 'RESEND' })
    await expect(again()).rejects.toMatchObject({ name: 'UserNotFoundException' })
    await invite()
    await signIn(fixture.site, mails[0]?.link ?? '')
    await expect(again()).rejects.toMatchObject({ name: 'UnsupportedUserStateException' })
  })

  it('SUPPRESS mails nothing', async () => {
    await invite({ MessageAction: 'SUPPRESS' })
    expect(mails).toEqual([])
  })

  it.each<[string, Partial<AdminCreateUserCommandInput>]>([
    ['a name that is no address', { Username: 'guest', UserAttributes: [] }],
    ['an address that is not the name', { UserAttributes: [{ Name: 'email', Value: 'other@example.org' }] }],
    ['no way to mail it', { DesiredDeliveryMediums: undefined }],
    ['a password, which nobody signs in by here', { TemporaryPassword: 'secret' }],
    ['an attribute that is not kept here', { UserAttributes: [{ Name: 'phone_number', Value: '1' }] }],
  ])('with %s is InvalidParameterException', async (_, other) => {
    await expect(invite(other)).rejects.toMatchObject({ name: 'InvalidParameterException' })
    expect(mails).toEqual([])
  })
})

describe('a function', () => {
  it('whose role does not allow it is refused, and the refusal is told', async () => {
    statements = []
    await expect(invite()).rejects.toMatchObject({ name: 'AccessDeniedException' })
    expect(refusals).toMatchObject([
      { caller: 'inviter', request: { action: 'cognito-idp:AdminCreateUser', resource: POOL_ARN } },
    ])
    expect(mails).toEqual([])
  })

  it('that may do so in one pool may not in another', async () => {
    await expect(invite({ UserPoolId: 'us-east-1_other' })).rejects.toMatchObject({
      name: 'AccessDeniedException',
    })
    statements = [{ ...ALLOWED, resources: ['*'] }]
    await expect(invite({ UserPoolId: 'us-east-1_other' })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    })
  })

  it('that nobody knows is refused', async () => {
    await expect(invite({}, 'ASIAOTHER')).rejects.toMatchObject({ name: 'UnrecognizedClientException' })
  })

  it('that asks for what is not run here is told so', async () => {
    statements = [{ ...ALLOWED, actions: ['cognito-idp:*'] }]
    const asked = client().send(new AdminGetUserCommand({ UserPoolId: POOL_ID, Username: GUEST }))
    await expect(asked).rejects.toMatchObject({ name: 'UnknownOperationException' })
  })
})
