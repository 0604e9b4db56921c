import * as v from 'valibot'
import { IceServer } from '../protocol/ice.ts'
import { ContextError } from './context-error.ts'

const Address = v.pipe(v.string(), v.regex(/^(stuns?|turns?):[^\s]+$/, 'not a STUN or TURN address'))
const IceServers = v.array(
  v.object({
    ...IceServer.entries,
    urls: v.union([Address, v.pipe(v.array(Address), v.minLength(1))], 'not a STUN or TURN address'),
  }),
  'must be a list of { "urls": … }',
)

/** STUN only tells a peer its own public address: no video passes through it. */
export const PUBLIC_STUN: readonly IceServer[] = [{ urls: 'stun:stun.l.google.com:19302' }]

/**
 * Reads the context value `iceServers`: JSON text when it comes from `-c iceServers=…`, a list when it stands in
 * cdk.json. Throws ContextError: a wrong list would otherwise only show as calls that never connect.
 */
export function parseIceServers(context: unknown): readonly IceServer[] {
  if (context === undefined) return PUBLIC_STUN
  const list = typeof context === 'string' ? parseJson(context) : context
  const servers = v.safeParse(IceServers, list)
  if (servers.success) return servers.output
  const [issue] = servers.issues
  const where = ['iceServers', v.getDotPath(issue)].filter((part) => part !== null).join(': ')
  throw new ContextError(`${where}: ${issue.message}: ${JSON.stringify(list)}`)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new ContextError(`iceServers is no JSON: ${text}`, { cause })
  }
}
