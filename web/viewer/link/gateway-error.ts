/** What the gateway itself says when the cloud's function has failed. It names no call, and is no message of ours. */
export function isGatewayError(text: string): boolean {
  try {
    const said: unknown = JSON.parse(text)
    return typeof said === 'object' && said !== null && 'message' in said && 'requestId' in said
  } catch {
    // No JSON: nothing that the gateway says.
    return false
  }
}
