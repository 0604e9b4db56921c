import { connect } from 'node:net'
import type { Clock } from '../clock/clock.ts'

const PROBE_TIMEOUT_MS = 4_000

/** Whether something takes a TCP connection there. It sends nothing, so no camera spends a feed on it. */
export function probeTcp(url: URL, clock: Clock): Promise<boolean> {
  return new Promise((resolve) => {
    const host = url.hostname.replace(/^\[|\]$/g, '')
    const socket = connect({ host, port: Number(url.port || (url.protocol === 'wss:' ? 443 : 80)) })
    const settle = (reachable: boolean) => {
      cancel()
      socket.destroy()
      resolve(reachable)
    }
    const cancel = clock.after(PROBE_TIMEOUT_MS, () => settle(false))
    socket.once('connect', () => settle(true))
    // Stays for the socket's whole life: an error after `destroy` would otherwise be thrown.
    socket.on('error', () => settle(false))
  })
}
