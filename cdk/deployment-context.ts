import * as v from 'valibot'
import type { IceServer } from '../protocol/ice.ts'
import { ContextError } from './context-error.ts'
import { parseIceServers } from './ice-servers.ts'

/** What the owner says of a deployment. */
export interface Deployment {
  /** In lower case: whoever proves this address first owns the deployment. */
  readonly ownerEmail: string
  /** Who vouches for people; null: the stack makes a user pool. */
  readonly issuer: ConfiguredIssuer | null
  readonly iceServers: readonly IceServer[]
}

export interface ConfiguredIssuer {
  /** As its tokens have it in `iss`, to the letter. */
  readonly issuer: string
  readonly clientId: string
  readonly scope: string
  /** What the page must reach to sign in. */
  readonly origins: readonly string[]
}

/** Gives a context value as the CDK has it: text from the command line, anything from cdk.json. */
export type ContextOf = (name: string) => unknown

/** Without `offline_access` most issuers give no refresh token, and people would sign in again every hour. */
const DEFAULT_SCOPE = 'openid email profile offline_access'

/** Cognito takes no longer name of a user. */
const MAX_EMAIL_LENGTH = 128

const Email = v.pipe(
  v.string(),
  v.trim(),
  v.toLowerCase(),
  v.maxLength(MAX_EMAIL_LENGTH),
  v.regex(/^[^\s@<>()[\]:;,"\\]+@[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/),
)
const ClientId = v.pipe(v.string(), v.regex(/^[\x21-\x7e]+$/))
/** RFC 6749 section 3.3; without `openid` there would be no ID token. */
const Scope = v.pipe(
  v.string(),
  v.regex(/^[\x21\x23-\x5b\x5d-\x7e]+( [\x21\x23-\x5b\x5d-\x7e]+)*$/),
  v.check((scope) => scope.split(' ').includes('openid')),
)

/** Throws ContextError: what is wrong here would otherwise only show as a deployment that nobody can sign in to. */
export function readDeploymentContext(contextOf: ContextOf): Deployment {
  return {
    ownerEmail: readOwnerEmail(contextOf('ownerEmail')),
    issuer: readIssuer(contextOf),
    iceServers: parseIceServers(contextOf('iceServers')),
  }
}

function readOwnerEmail(value: unknown): string {
  const flag = 'add `-c ownerEmail=you@example.org`, the e-mail address of the first owner'
  if (value === undefined) throw new ContextError(`ownerEmail is missing: ${flag}`)
  const email = v.safeParse(Email, value)
  if (!email.success) throw new ContextError(`ownerEmail ${shown(value)} is no e-mail address: ${flag}`)
  return email.output
}

function readIssuer(contextOf: ContextOf): ConfiguredIssuer | null {
  const issuer = contextOf('oidcIssuer')
  if (issuer === undefined) {
    const flag = 'add `-c oidcIssuer=https://…`, or leave it out for a user pool of its own'
    const without = ['oidcClientId', 'oidcScope', 'oidcOrigins'].find((name) => contextOf(name) !== undefined)
    if (without !== undefined) throw new ContextError(`${without} is given without oidcIssuer: ${flag}`)
    return null
  }
  const url = webAddress(issuer)
  if (url !== null && /[?#]/.test(String(issuer))) {
    throw new ContextError(
      `oidcIssuer ${shown(issuer)} has a query or a fragment, which no issuer may have: add it without what is behind its ? or #`,
    )
  }
  if (url === null) {
    throw new ContextError(
      `oidcIssuer ${shown(issuer)} is no https address: add \`-c oidcIssuer=https://…\` as the issuer's tokens have it in "iss"`,
    )
  }
  const clientId = contextOf('oidcClientId')
  if (!v.is(ClientId, clientId)) {
    const wrong = clientId === undefined ? 'is missing beside oidcIssuer' : `${shown(clientId)} is none`
    throw new ContextError(
      `oidcClientId ${wrong}: add \`-c oidcClientId=…\`, the id of a public client at the issuer`,
    )
  }
  const scope = contextOf('oidcScope') ?? DEFAULT_SCOPE
  if (!v.is(Scope, scope)) {
    throw new ContextError(
      `oidcScope ${shown(scope)} is no list of scopes with openid: add for example \`-c oidcScope="openid email"\``,
    )
  }
  return {
    issuer: String(issuer),
    clientId,
    scope,
    origins: [...new Set([url.origin, ...readOrigins(contextOf('oidcOrigins'))])],
  }
}

function readOrigins(value: unknown): readonly string[] {
  if (value === undefined) return []
  const origins = String(value).split(',')
  const wrong = origins.find((origin) => webAddress(origin)?.origin !== origin)
  if (wrong === undefined) return origins
  throw new ContextError(
    `oidcOrigins: ${shown(wrong)} is no https origin: add for example \`-c oidcOrigins=https://a.example,https://b.example\``,
  )
}

/** An address that a browser may be sent to with a credential, and that stands for itself in a security policy. */
function webAddress(value: unknown): URL | null {
  if (typeof value !== 'string' || /[\s;,'"*]/.test(value) || !URL.canParse(value)) return null
  const url = new URL(value)
  if (url.username !== '' || url.password !== '') return null
  const secure = url.protocol === 'https:' || (url.protocol === 'http:' && url.hostname === 'localhost')
  return secure ? url : null
}

function shown(value: unknown): string {
  return JSON.stringify(value)
}
