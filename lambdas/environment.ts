import * as v from 'valibot'
import { IceServer } from '../protocol/ice.ts'
import { Email } from '../protocol/operations.ts'

const Text = v.pipe(v.string(), v.minLength(1))
const Url = v.pipe(v.string(), v.url())

const Environment = v.object({
  TABLE_NAME: Text,
  /** The @connections endpoint: set by the stack, because with a custom domain the event names the wrong one. */
  CONNECTIONS_URL: Url,
  /** The origin that a browser's handshake must come from. */
  WEB_ORIGIN: Url,
  /** What devices name as the audience of their tokens: the socket's address, letter by letter. */
  SOCKET_URL: Url,
  /** As in the `iss` of its tokens, letter by letter. */
  OIDC_ISSUER: Url,
  OIDC_CLIENT_ID: Text,
  /** '' where the issuer's own metadata says it. */
  OIDC_JWKS_URL: v.union([v.literal(''), Url]),
  OWNER_EMAIL: v.pipe(Email, v.toLowerCase()),
  /** '' where accounts are made by another issuer. */
  USER_POOL_ID: v.string(),
  ICE_SERVERS: v.pipe(v.string(), v.parseJson(), v.array(IceServer)),
  LOG_LEVEL: v.picklist(['info', 'error']),
})
export type Environment = v.InferOutput<typeof Environment>

/** Throws at the start of an instance when the stack left something out: better than failing later. */
export function readEnvironment(variables: NodeJS.ProcessEnv): Environment {
  const result = v.safeParse(Environment, variables)
  if (result.success) return result.output
  throw new Error(result.issues.map((issue) => `${v.getDotPath(issue)}: ${issue.message}`).join('; '))
}
