export type ConnectVerdict =
  | { readonly kind: 'accepted'; readonly subprotocol?: string }
  | { readonly kind: 'refused'; readonly status: number; readonly body?: string }

/** Reads what a function answered to `$connect`: a status decides, a header chooses the subprotocol. */
export function readConnectAnswer(value: unknown): ConnectVerdict {
  const status = readStatus(value)
  if (status === undefined) return { kind: 'refused', status: 502 }
  const { body, headers } = value as { body?: unknown; headers?: unknown }
  if (status < 200 || status > 299) {
    return { kind: 'refused', status, ...(typeof body === 'string' ? { body } : {}) }
  }
  const subprotocol = Object.entries(headers ?? {}).find(
    ([name]) => name.toLowerCase() === 'sec-websocket-protocol',
  )
  return { kind: 'accepted', ...(subprotocol ? { subprotocol: String(subprotocol[1]) } : {}) }
}

/** The status of a proxy answer; undefined when it is none. */
export function readStatus(value: unknown): number | undefined {
  if (typeof value !== 'object' || value === null || !('statusCode' in value)) return undefined
  const status = Number(value.statusCode)
  return Number.isInteger(status) && status >= 100 && status <= 599 ? status : undefined
}
