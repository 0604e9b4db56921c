import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLocalJWKSet, jwtVerify } from 'jose'
import { afterEach, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { systemClock } from './clock.ts'
import { type Cloud, type CloudOptions, startCloud } from './cloud.ts'
import type { CloudLogEntry } from './cloud-log.ts'
import { describeFunction } from './functions/testing/function-bundle.ts'
import { signIn } from './identity/sign-in-client.ts'
import { CLIENT, describePool, OWNER, POOL_ID } from './identity/testing/identity-fixture.ts'
import { sendHttp } from './send-http.ts'
import type { PolicyStatement, SiteDescription } from './template/cloud-description.ts'
import { createCertificate } from './tls/create-certificate.ts'

const API_ARN = 'arn:aws:execute-api:us-east-1:000000000000:api1'
const MAY_INVITE: PolicyStatement = {
  effect: 'Allow',
  actions: ['cognito-idp:AdminCreateUser'],
  resources: [`arn:aws:cognito-idp:us-east-1:000000000000:userpool/${POOL_ID}`],
}

/** Invites a guest whenever somebody connects, and refuses the connection when that fails. */
const INVITE = `export const handler = async () => {
  const { status } = await fetch(process.env.AWS_ENDPOINT_URL, {
    method: 'POST',
    headers: {
      authorization: 'AWS4-HMAC-SHA256 Credential=' + process.env.AWS_ACCESS_KEY_ID + '/a/b/cognito-idp/aws4_request',
      'x-amz-target': 'AWSCognitoIdentityProviderService.AdminCreateUser',
    },
    body: JSON.stringify({
      UserPoolId: '${POOL_ID}', Username: 'guest@example.org', DesiredDeliveryMediums: ['EMAIL'],
    }),
  })
  return { statusCode: status === 200 ? 200 : 403 }
}`

const clouds: Cloud[] = []
const folders: string[] = []
afterEach(async () => {
  await Promise.all(clouds.splice(0).map((cloud) => cloud.close()))
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

async function start(options: Partial<CloudOptions> = {}, statements = [MAY_INVITE]) {
  const log: CloudLogEntry[] = []
  const started = await startCloud({
    describe({ site }) {
      const inviter = describeFunction('inviter', INVITE, { statements })
      folders.push(inviter.codeFolder)
      return {
        tables: [],
        functions: [inviter],
        socketApis: [
          {
            id: 'api1',
            stage: 'v1',
            arn: API_ARN,
            domainName: 'api1.execute-api.us-east-1.amazonaws.com',
            routeSelectionExpression: '$request.body.type',
            routes: [{ key: '$connect', functionArn: inviter.arn }],
          },
        ],
        sites: [{ ...SITE, origin: site }],
        userPools: [describePool(site)],
      }
    },
    createSite: (site) => (_, response) => {
      const signIn = { issuer: `${site.origin}/identity`, clientId: CLIENT, scope: 'openid email' }
      response.end(JSON.stringify({ signIn }))
    },
    host: '127.0.0.1',
    port: 0,
    dataFolder: 'memory',
    latencyMs: 0,
    clock: systemClock,
    log: (entry) => log.push(entry),
    ...options,
  })
  if (started.kind !== 'started') throw new Error(started.kind)
  const { cloud } = started
  clouds.push(cloud)
  const { identity } = cloud
  if (!identity) throw new Error('the cloud has no people')
  return { cloud, identity, log }
}

const SITE: SiteDescription = {
  domainName: '',
  origin: '',
  defaultRootObject: '',
  deployments: [],
  headers: {},
  errorPages: [],
}

async function keySet({ addresses }: Cloud) {
  const { body } = await sendHttp(`${addresses.keySet}/${POOL_ID}/.well-known/jwks.json`)
  return createLocalJWKSet(JSON.parse(body))
}

function connect({ addresses }: Cloud, ca?: string): Promise<number> {
  const socket = new WebSocket(`${addresses.socket}/v1`, ca === undefined ? {} : { ca })
  return new Promise((resolve, reject) => {
    socket.once('upgrade', () => resolve(101))
    socket.once('open', () => socket.close())
    socket.once('unexpected-response', (_, response) => resolve(response.statusCode ?? 0))
    socket.once('error', reject)
  })
}

test('functions find at their own address the keys that vouch for the people of the site', async () => {
  const { cloud, identity } = await start()
  const { idToken } = await signIn(cloud.url, identity.signInLink)
  const { payload } = await jwtVerify(idToken, await keySet(cloud), { issuer: identity.pool.issuer })
  expect(payload).toMatchObject({ email: OWNER, aud: CLIENT })
})

test('a function that may invites somebody, whose link signs them in', async () => {
  const { cloud, log } = await start()
  expect(await connect(cloud)).toBe(101)
  const mail = log.find((entry) => entry.kind === 'mail')
  expect(mail).toMatchObject({ to: 'guest@example.org' })
  await signIn(cloud.url, mail?.kind === 'mail' ? mail.link : '')
})

test('a permission that the template lacks is missing here: to invite', async () => {
  const { cloud, log } = await start({}, [])
  expect(await connect(cloud)).toBe(403)
  expect(log.filter(({ kind }) => kind === 'refused')).toMatchObject([
    { request: { action: 'cognito-idp:AdminCreateUser' } },
  ])
  expect(log.filter(({ kind }) => kind === 'mail')).toEqual([])
})

test('the people of a data folder are there again at the next start', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'mihari-people-'))
  folders.push(folder)
  const first = await start({ dataFolder: folder })
  await connect(first.cloud)
  const { idToken } = await signIn(first.cloud.url, first.identity.signInLink)
  await first.cloud.close()
  const second = await start({ dataFolder: folder })
  const { payload } = await jwtVerify(idToken, await keySet(second.cloud))
  const again = await signIn(second.cloud.url, second.identity.signInLink)
  expect((await jwtVerify(again.idToken, await keySet(second.cloud))).payload.sub).toBe(payload.sub)
  // Who was invited before the first stop is not a second time.
  expect(await connect(second.cloud)).toBe(403)
})

test('with a certificate everything that a browser reaches is under one https address, and functions’ services are not', async () => {
  const tls = await createCertificate({
    commonName: 'Test',
    hosts: ['127.0.0.1'],
    days: 1,
    now: Date.now(),
  })
  const { cloud, identity } = await start({ host: undefined, name: '127.0.0.1', tls })
  const { port } = new URL(cloud.url)
  expect(cloud.addresses).toMatchObject({
    site: `https://127.0.0.1:${port}`,
    socket: `wss://127.0.0.1:${port}`,
    connections: expect.stringMatching(/^http:\/\/127\.0\.0\.1:/),
    keySet: expect.stringMatching(/^http:\/\/127\.0\.0\.1:/),
  })
  const ca = tls.cert
  const { idToken } = await signIn(cloud.url, identity.signInLink, { ca })
  await jwtVerify(idToken, await keySet(cloud))
  expect(await connect(cloud, ca)).toBe(101)
  await expect(connect(cloud)).rejects.toThrow(/self-signed/)
  const entered = await sendHttp(`${cloud.url}/identity/enter`, {
    ca,
    headers: { Origin: cloud.url, 'Content-Type': 'application/x-www-form-urlencoded' },
    body: `code=${new URL(identity.signInLink).hash.slice(1)}`,
  })
  expect(String(entered.headers['set-cookie'])).toMatch(/; secure; httponly/i)
})
