import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider'
import { afterEach, describe, expect, it } from 'vitest'
import { createCognitoAccounts } from './cognito-accounts.ts'
import { noAccounts } from './no-accounts.ts'

let close: (() => void) | undefined
afterEach(() => close?.())

/** A pool that answers each request with the next of these: an error's type, or null for an account made. */
async function pool(...answers: (string | null)[]) {
  const asked: unknown[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk) => {
      body += chunk
    })
    request.on('end', () => {
      asked.push(JSON.parse(body))
      const type = answers.shift()
      response.writeHead(typeof type === 'string' ? 400 : 200, {
        'content-type': 'application/x-amz-json-1.1',
      })
      response.end(JSON.stringify(typeof type === 'string' ? { __type: type, message: '' } : { User: {} }))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  const client = new CognitoIdentityProviderClient({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  })
  close = () => {
    client.destroy()
    server.close()
  }
  return { accounts: createCognitoAccounts(client, 'us-east-1_pool'), asked }
}

describe('an invitation by the user pool', () => {
  it('makes an account with that address, verified by the mail that it is sent with', async () => {
    const { accounts, asked } = await pool(null)
    expect(await accounts.invite('aiko@home.example')).toBe('sent')
    expect(asked).toEqual([
      {
        UserPoolId: 'us-east-1_pool',
        Username: 'aiko@home.example',
        DesiredDeliveryMediums: ['EMAIL'],
        UserAttributes: [
          { Name: 'email', Value: 'aiko@home.example' },
          { Name: 'email_verified', Value: 'true' },
        ],
      },
    ])
  })

  it('is mailed again to an account that was never used', async () => {
    const { accounts, asked } = await pool('UsernameExistsException', null)
    expect(await accounts.invite('aiko@home.example')).toBe('sent')
    expect(asked[1]).toMatchObject({ Username: 'aiko@home.example', MessageAction: 'RESEND' })
  })

  it('is not needed by somebody who has an account', async () => {
    const { accounts } = await pool('UsernameExistsException', 'UnsupportedUserStateException')
    expect(await accounts.invite('aiko@home.example')).toBe('known')
  })

  it('fails when the pool does', async () => {
    const { accounts } = await pool('LimitExceededException')
    await expect(accounts.invite('aiko@home.example')).rejects.toThrow()
  })
})

it('invites nobody where another issuer decides who has an account', async () => {
  expect(await noAccounts.invite('aiko@home.example')).toBe('elsewhere')
})
