import { randomBytes } from 'node:crypto'

/** An id as API Gateway makes them for connections, requests and messages: `YGU_VcPRDoECFDA=`. */
export function createGatewayId(): string {
  return `${randomBytes(11).toString('base64url')}=`
}

export function isGatewayId(text: string): boolean {
  return /^[A-Za-z0-9_-]{15}=$/.test(text)
}
