import * as v from 'valibot'

/** The gateway's own words, for it does not speak the protocol. */
const GatewayFrame = v.object({ message: v.string(), connectionId: v.string(), requestId: v.string() })

/**
 * In the gateway's words, that something has failed behind it: the function threw, took too long, or there were too
 * many requests. That it knows no route is another matter, which no repeating helps. `frame`: none of the protocol.
 */
export function gatewayFailure(frame: string): string | null {
  const parsed = v.safeParse(GatewayFrame, parseJson(frame))
  return parsed.success && parsed.output.message !== 'Forbidden' ? parsed.output.message : null
}

function parseJson(frame: string): unknown {
  try {
    return JSON.parse(frame)
  } catch {
    return null
  }
}
