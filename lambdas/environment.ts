import * as v from 'valibot'
import { IceServer } from '../protocol/ice.ts'

const Environment = v.object({
  TABLE_NAME: v.pipe(v.string(), v.minLength(1)),
  /** The @connections endpoint: set by the stack, because with a custom domain the event names the wrong one. */
  CONNECTIONS_URL: v.pipe(v.string(), v.url()),
  /** The origin that a browser's handshake must come from. */
  WEB_ORIGIN: v.pipe(v.string(), v.url()),
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
