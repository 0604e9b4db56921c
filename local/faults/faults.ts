import type { Clock } from '../clock.ts'
import type { RequestFault } from '../dynamodb/tables.ts'
import type { Invoke } from '../functions/invocation.ts'
import type { PostFault } from '../gateway/connections-endpoint.ts'
import type { GatewayFaults } from '../gateway/gateway-faults.ts'
import { createArmed } from './armed.ts'
import type { Fault } from './fault.ts'
import { createInvocations } from './invocations.ts'
import { createLasting } from './lasting.ts'
import { createLines } from './lines.ts'
import { movedClock } from './moved-clock.ts'

/** How often each fault has come about, by its name. */
export type FaultCounts = Readonly<Record<string, number>>

/** What the services of one cloud are given, so that a test can let things go wrong in them. */
export interface Faults {
  inject(fault: Fault): void
  /** No more of what was injected; what has happened has happened, and the clock stays where it is. */
  clear(): void
  counts(): FaultCounts
  /** For how many occasions faults that count still lie in wait. */
  waiting(): number
  /** The cloud's. */
  readonly clock: Clock
  readonly gateway: GatewayFaults
  ofPost(connected: boolean): PostFault | undefined
  ofRequest(): RequestFault | undefined
  /** With faults between the gateway and the functions. */
  invoking(invoke: Invoke): Invoke
  onCold(retire: () => void): void
}

export interface FaultsOptions {
  /** From 0 to 1; the only source of chance. */
  readonly random: () => number
  readonly clock: Clock
}

type FaultOf<Kind extends Fault['kind']> = Extract<Fault, { kind: Kind }>

export function createFaults({ random, clock }: FaultsOptions): Faults {
  const counted = new Map<string, number>()
  const onFault = (what: string) => void counted.set(what, (counted.get(what) ?? 0) + 1)
  const cloudClock = movedClock(clock)
  const lines = createLines({ clock, random, onFault })
  const invocations = createInvocations({ clock, onFault })
  const disconnects = createArmed<FaultOf<'disconnect-event'>>()
  const posts = createArmed<FaultOf<'post'>>()
  const database = createLasting<FaultOf<'database'>>(clock)
  const onMoved: (() => void)[] = []

  function disconnected(tell: () => void) {
    const fault = disconnects.take(() => true)
    if (!fault) return tell()
    onFault(`disconnect-event ${fault.how}`)
    if (fault.how === 'twice') tell()
    if (fault.how !== 'never') clock.setTimeout(tell, fault.lateMs)
  }

  function ofPost(connected: boolean): PostFault | undefined {
    const fault = posts.take(({ how }) => connected === (how !== 'gone-late'))
    if (!fault) return undefined
    onFault(`post ${fault.how}`)
    return fault.how === 'gone-late' ? 'void' : fault.how
  }

  function ofRequest(): RequestFault | undefined {
    const met = database.now().find(({ fault }) => random() < fault.share)
    if (!met) return undefined
    const { how } = met.fault
    onFault(`database ${how}`)
    return how === 'failing' && random() < 0.5 ? 'failing-late' : how
  }

  function moveClock(aheadMs: number) {
    onFault('clock')
    cloudClock.moveAhead(aheadMs)
    for (const moved of onMoved) moved()
  }

  return {
    inject(fault) {
      switch (fault.kind) {
        case 'delay':
        case 'reorder':
        case 'drop':
        case 'close':
        case 'outage':
          return lines.inject(fault)
        case 'disconnect-event':
          return disconnects.add(fault)
        case 'post':
          return posts.add(fault)
        case 'database':
          return database.add(fault)
        case 'function':
          return invocations.inject(fault)
        case 'clock':
          return moveClock(fault.aheadMs)
        default:
          return fault satisfies never
      }
    },
    clear() {
      for (const faults of [lines, invocations, disconnects, posts, database]) faults.clear()
    },
    counts: () => Object.fromEntries(counted),
    waiting: () => lines.waiting() + invocations.waiting() + disconnects.left() + posts.left(),
    clock: cloudClock,
    gateway: {
      openLine: lines.openLine,
      disconnected,
      onClockMoved: (check) => void onMoved.push(check),
    },
    ofPost,
    ofRequest,
    invoking: invocations.invoking,
    onCold: invocations.onCold,
  }
}
