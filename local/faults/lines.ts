import type { Duplex } from 'node:stream'
import type { Clock } from '../clock.ts'
import type { GatewayFaults, Line, LineClient } from '../gateway/gateway-faults.ts'
import type { Leg } from '../gateway/leg.ts'
import { type Armed, createArmed } from './armed.ts'
import type { Fault } from './fault.ts'
import { createHold, type Hold } from './hold.ts'
import { createLasting } from './lasting.ts'

type FaultOf<Kind extends Fault['kind']> = Extract<Fault, { kind: Kind }>
type LineFault = FaultOf<'delay' | 'reorder' | 'drop' | 'close' | 'outage'>
type Direction = FaultOf<'drop'>['direction']

export interface Lines extends Pick<GatewayFaults, 'openLine'> {
  inject(fault: LineFault): void
  /** How many messages are still to vanish. */
  waiting(): number
  clear(): void
}

export interface LinesOptions {
  readonly clock: Clock
  /** From 0 to 1. */
  readonly random: () => number
  readonly onFault: (what: string) => void
}

interface Opened {
  readonly client: LineClient
  readonly whose: 'device' | 'viewer'
  readonly holds: Readonly<Record<Direction, Hold>>
  /** Nothing crosses it any more, and neither end knows. */
  dead: boolean
  /** What the client sends, its closing too, stays in its socket. */
  paused: boolean
}

/** Everything that can happen to the lines between the clients and a gateway. */
export function createLines({ clock, random, onFault }: LinesOptions): Lines {
  const delays = createLasting<FaultOf<'delay'>>(clock)
  const reorders = createLasting<FaultOf<'reorder'>>(clock)
  const outages = createLasting<FaultOf<'outage'>>(clock)
  const drops = createArmed<FaultOf<'drop'>>()
  let lines: Opened[] = []

  function openLine(line: Line, client: LineClient): Line {
    lines = lines.filter((one) => !isOver(one.client))
    const opened: Opened = {
      client,
      whose: /(^|[\s,])device\./.test(client.subprotocols) ? 'device' : 'viewer',
      holds: { 'to-cloud': createHold(clock), 'to-client': createHold(clock) },
      dead: false,
      paused: false,
    }
    lines.push(opened)
    return {
      toCloud: leg(line.toCloud, opened, 'to-cloud'),
      toClient: leg(line.toClient, opened, 'to-client'),
    }
  }

  function leg(base: Leg, line: Opened, direction: Direction): Leg {
    return {
      carry(deliver, message) {
        const arriving = line.client.connection === undefined
        if (isDead(line)) return
        if (message !== undefined && isDropped(drops, direction, message))
          return onFault(`drop ${typeOf(message) ?? 'any'} ${direction}`)
        scatter(message, () => {
          const dueAt = releaseAt(line, direction)
          const stillThere = arriving && dueAt > clock.now() ? watch(line.client.socket) : () => true
          line.holds[direction].carry(dueAt, () => {
            if (stillThere() && !isDead(line)) base.carry(deliver, message)
          })
        })
      },
    }
  }

  function isDead({ dead, client }: Opened): boolean {
    // What comes after its end on this side is answered as by a machine that knows nothing of it.
    if (dead && isOver(client)) client.socket.destroy()
    return dead
  }

  function scatter(message: Buffer | string | undefined, carry: () => void) {
    const upToMs = Math.max(0, ...reorders.now().map(({ fault }) => fault.upToMs))
    if (message === undefined || upToMs === 0) return carry()
    onFault('reorder')
    clock.setTimeout(carry, random() * upToMs)
  }

  function releaseAt(line: Opened, direction: Direction): number {
    const delayMs = delays
      .now()
      .filter(({ fault }) => fault.direction === 'both' || fault.direction === direction)
      .reduce((sum, { fault }) => sum + fault.ms, 0)
    if (delayMs > 0) onFault(`delay ${direction}`)
    return Math.max(clock.now() + delayMs, outageUntil(line))
  }

  function outageUntil({ whose }: Opened): number {
    return Math.max(
      0,
      ...outages
        .now()
        .filter(({ fault }) => fault.whose === 'any' || fault.whose === whose)
        .map(({ until }) => until),
    )
  }

  function cut(fault: FaultOf<'outage'>) {
    onFault('outage')
    outages.add(fault)
    for (const line of lines) if (outageUntil(line) > 0) pause(line)
    clock.setTimeout(mend, fault.forMs)
  }

  function mend() {
    for (const line of lines.filter((one) => one.paused && !one.dead && outageUntil(one) === 0)) {
      line.paused = false
      line.client.socket.resume()
    }
  }

  function pause(line: Opened) {
    line.paused = true
    line.client.socket.pause()
  }

  function close({ whose, how, count }: FaultOf<'close'>) {
    const open = lines.filter(
      (line) =>
        !line.dead &&
        line.client.connection?.state.kind === 'open' &&
        (whose === 'any' || line.whose === whose),
    )
    for (let left = count; left > 0 && open.length > 0; left -= 1) {
      const [line] = open.splice(Math.floor(random() * open.length), 1)
      if (line) closeLine(line, how)
    }
  }

  function closeLine(line: Opened, how: FaultOf<'close'>['how']) {
    onFault(`close ${how}`)
    const { connection, socket } = line.client
    switch (how) {
      case 'clean':
        // As if its time were over.
        return connection?.dispatch({ kind: 'timer', at: Number.POSITIVE_INFINITY })
      case 'abort':
        return void socket.destroy()
      case 'silent':
        line.dead = true
        return pause(line)
      default:
        return how satisfies never
    }
  }

  return {
    openLine,
    inject(fault) {
      switch (fault.kind) {
        case 'delay':
          return delays.add(fault)
        case 'reorder':
          return reorders.add(fault)
        case 'drop':
          return drops.add(fault)
        case 'close':
          return close(fault)
        case 'outage':
          return cut(fault)
        default:
          return fault satisfies never
      }
    },
    waiting: drops.left,
    clear() {
      for (const faults of [delays, reorders, outages, drops]) faults.clear()
      for (const { holds } of lines) for (const hold of Object.values(holds)) hold.release()
      mend()
    },
  }
}

/** Whether who waits for an answer still does: who gave up before the line was there again was never heard of. */
function watch(socket: Duplex): () => boolean {
  let there = true
  socket.once('end', () => {
    there = false
  })
  // The end of what nobody reads is not noticed.
  socket.resume()
  return () => {
    // As Node hands a socket over: paused, it would not flow for who listens to it next.
    Object.assign(socket.pause(), { readableFlowing: null })
    if (!there) socket.destroy()
    return there && !socket.destroyed
  }
}

function isOver({ connection }: LineClient): boolean {
  return connection?.state.kind === 'closed'
}

function isDropped(drops: Armed<FaultOf<'drop'>>, direction: Direction, message: Buffer | string): boolean {
  const fits = ({ direction: of, types }: FaultOf<'drop'>) =>
    of === direction && (types === 'any' || types.includes(typeOf(message) ?? ''))
  return drops.take(fits) !== undefined
}

function typeOf(message: Buffer | string): string | undefined {
  try {
    const { type } = JSON.parse(message.toString()) as { readonly type?: unknown }
    return typeof type === 'string' ? type : undefined
  } catch {
    return undefined
  }
}
