import type { Fault } from '../local/faults/fault.ts'
import type { SoakFault } from './faults.ts'
import { STICKY_MS } from './layout.ts'

/** Within this everything must be right again after the end of a fault, unless the design names more. */
const BOUND_MS = 10_000

export interface Bound {
  readonly ms: number
  /** What of the design takes longer. */
  readonly why: string
}

const PLAIN: Bound = { ms: BOUND_MS, why: 'the plain bound' }
/** Attempts that failed during an outage of a few seconds make the next one come this late at most. */
const BACKOFF: Bound = { ms: 25_000, why: 'backoff after attempts that failed' }
const DEAD_LINE: Bound = { ms: 45_000 + BOUND_MS, why: 'a dead line is noticed within 45 s' }
const SILENCE: Bound = { ms: 150_000 + 2 * BOUND_MS, why: 'silence of 150 s' }
/** From a repeated call to its picture: 10 s until it is repeated, and 20 s until it is given up. */
const ASKED_AGAIN: Bound = { ms: 35_000, why: 'a call is repeated after 10 s and given up after 20 s' }
const HELLO: Bound = { ms: 10_000 + BOUND_MS, why: 'a welcome is waited for 10 s' }
const PROBE: Bound = { ms: 36_000 + BOUND_MS, why: 'a camera that is away is looked for every 36 s at most' }
const STICKY: Bound = {
  ms: STICKY_MS + 2 * BOUND_MS,
  why: 'a feed stays taken after a connector that could not hang up',
}
const SITTERS: Bound = { ms: 3_000 + BOUND_MS, why: 'who sits at a full camera is asked for 3 s' }
const STALL: Bound = { ms: 5_000 + 2 * BOUND_MS, why: 'a picture that stands is noticed after 5 s' }

function boundOf(fault: SoakFault): Bound {
  switch (fault.on) {
    case 'service':
      return boundOfService(fault.fault)
    case 'cloud':
      return BACKOFF
    case 'connector':
      switch (fault.how) {
        case 'kill':
        case 'stop':
        case 'away':
          return STICKY
        case 'freeze':
        case 'clone':
          return STALL
        case 'roll-over':
          return PLAIN
        default:
          return fault satisfies never
      }
    case 'camera':
      return fault.how === 'freeze' ? ASKED_AGAIN : PROBE
    case 'viewer':
      switch (fault.how) {
        case 'ghost':
          return SILENCE
        case 'vanish':
          return SITTERS
        case 'no-network':
          return STALL
        case 'away':
        case 'hang-up':
        case 'reload':
        case 'reload-rough':
        case 'roll-over':
          return PLAIN
        default:
          return fault satisfies never
      }
    case 'knocker':
      return SITTERS
    default:
      return fault satisfies never
  }
}

function boundOfService(fault: Fault): Bound {
  switch (fault.kind) {
    case 'drop':
      return boundOfDrop(fault)
    case 'close':
      if (fault.how !== 'silent') return BACKOFF
      return fault.whose === 'viewer' ? HELLO : DEAD_LINE
    case 'post':
      // It may have been a hangup, of which then nobody hears.
      return fault.how === 'void' ? SILENCE : ASKED_AGAIN
    case 'database':
    case 'function':
    case 'outage':
    case 'clock':
      return BACKOFF
    case 'delay':
    case 'reorder':
    case 'disconnect-event':
      return PLAIN
    default:
      return fault satisfies never
  }
}

function boundOfDrop({ types, direction }: Extract<Fault, { kind: 'drop' }>): Bound {
  if (types === 'any' || types.includes('hangup')) return SILENCE
  if (direction === 'to-client' && types.includes('presence')) return HELLO
  return ASKED_AGAIN
}

/** The longest of them. */
export function boundOfAll(faults: readonly SoakFault[]): Bound {
  return faults.map(boundOf).reduce((longest, bound) => (bound.ms > longest.ms ? bound : longest), PLAIN)
}

/** Whether only the nine minutes until a viewer's next hello set it right [R28]: these are not waited for. */
export function needsHello(fault: SoakFault): boolean {
  if (fault.on !== 'service') return false
  const { fault: what } = fault
  if (what.kind === 'post') return true
  if (what.kind === 'function') return what.how !== 'slow' && what.how !== 'cold'
  if (what.kind === 'close') return what.how === 'silent' && what.whose !== 'device'
  return what.kind === 'drop' && what.direction === 'to-client'
}
