import { randomBytes } from 'node:crypto'
import { WebSocket } from 'ws'
import type { AppLink } from '../../protocol/app-link.ts'
import { subprotocolsFor } from '../../protocol/credentials.ts'
import type { FromViewer, ToViewer } from '../../protocol/directions.ts'
import { parseToViewer } from '../../protocol/frame.ts'
import { PROTOCOL_VERSION } from '../../protocol/version.ts'

const PATIENCE_MS = 15_000

export class ClaimError extends Error {
  override readonly name = 'ClaimError'
}

export interface Claim {
  readonly socketUrl: string
  /** Of an owner. */
  readonly idToken: string
  readonly link: Extract<AppLink, { kind: 'pair' }>
  /** What the device is called from then on. */
  readonly label: string
  /** PEM of a certificate to trust beside the known authorities. */
  readonly ca?: string
}

/** Claims a device as the page does for an owner who has opened its pairing link. Throws a ClaimError. */
export async function claimDevice({ socketUrl, idToken, link, label, ca }: Claim): Promise<void> {
  const socket = new WebSocket(socketUrl, subprotocolsFor({ kind: 'bearer', token: idToken }), {
    handshakeTimeout: PATIENCE_MS,
    ...(ca === undefined ? {} : { ca }),
  })
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const fail = (why: string, cause?: unknown) => reject(new ClaimError(why, { cause }))
  const send = (message: FromViewer) => socket.send(JSON.stringify(message))
  const id = randomId()

  function heard(message: ToViewer): void {
    if (message.type === 'welcome') {
      const { device, code } = link
      send({ type: 'request', id, ask: { op: 'claim-device', device, code, label } })
    } else if (message.type === 'reply' && message.id === id) {
      if (message.result.kind === 'done') resolve()
      else fail(`the cloud answered ${message.result.code}`)
    } else if (message.type === 'error') fail(`the cloud answered ${message.code}`)
  }

  socket.on('open', () =>
    send({
      type: 'hello',
      protocol: PROTOCOL_VERSION,
      software: { name: 'mihari-local', version: '1' },
      instance: randomId(),
    }),
  )
  socket.on('message', (data) => {
    const parsed = parseToViewer(String(data))
    if (parsed.ok) heard(parsed.message)
  })
  socket.on('error', (error) => fail(`the cloud cannot be reached: ${error.message}`, error))
  socket.on('close', (code) => fail(`the cloud closed the connection (${code})`))
  const impatience = setTimeout(() => fail('the cloud did not answer'), PATIENCE_MS)
  try {
    await promise
  } finally {
    clearTimeout(impatience)
    socket.close()
  }
}

function randomId(): string {
  return randomBytes(16).toString('base64url')
}
