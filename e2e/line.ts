import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'

/** A line to a port of this machine, of which a test can pull the cable. */
export interface Line {
  readonly port: number
  /** How many connections cross it. */
  open(): number
  /** What is open is dead without a word to either end, and nothing can be opened. */
  cut(): void
  /** What was dead stays so. */
  mend(): Promise<void>
  close(): void
}

export async function openLine(target: number): Promise<Line> {
  const crossing = new Set<readonly [Socket, Socket]>()
  const dead = new Set<Socket>()
  let server = await listen(0)
  const { port } = server.address() as AddressInfo

  async function listen(at: number): Promise<Server> {
    const listening = createServer(carry).listen(at, '127.0.0.1')
    await once(listening, 'listening')
    return listening
  }

  function carry(near: Socket): void {
    const far = connect(target, '127.0.0.1')
    const pair = [near, far] as const
    crossing.add(pair)
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      one.pipe(other)
      // What broke is closed, too.
      one.on('error', () => {})
      one.on('close', () => {
        if (!dead.has(one)) other.destroy()
        crossing.delete(pair)
      })
    }
  }

  function cut(): void {
    server.close()
    for (const sockets of crossing) {
      for (const socket of sockets) {
        socket.unpipe()
        socket.pause()
        dead.add(socket)
      }
    }
    crossing.clear()
  }

  return {
    port,
    open: () => crossing.size,
    cut,
    async mend() {
      server = await listen(port)
    },
    close() {
      server.close()
      for (const socket of [...dead, ...[...crossing].flat()]) socket.destroy()
    },
  }
}
