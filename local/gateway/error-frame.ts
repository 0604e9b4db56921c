const MESSAGES: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  429: 'Too Many Requests',
  504: 'Endpoint request timed out',
}

export function errorMessage(status: number): string {
  return MESSAGES[status] ?? 'Internal server error'
}

/** What the gateway itself answers to a message or an upgrade that did not get through. */
export function errorFrame(status: number, connectionId: string, requestId: string): string {
  return JSON.stringify({ message: errorMessage(status), connectionId, requestId })
}
