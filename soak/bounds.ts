import type { Fault } from '../local/faults/fault.ts'
import { ALIVE_TIMEOUT_MS, ASKED_ALIVE_TIMEOUT_MS } from '../protocol/alive.ts'
import { STATUS_AGAIN_MS } from '../protocol/connection-times.ts'
import type { SoakFault } from './faults.ts'
import { STICKY_MS } from './layout.ts'

/** Within this everything must be right again after the end of a fault, unless the design names more. */
export const BOUND_MS = 10_000
/** A camera that takes longer to answer than that has hung [R21]. */
const HANDSHAKE_MS = 5_000

export interface Bound {
  readonly ms: number
  /** What of the design takes longer. */
  readonly why: string
}

/** Each by itself, for a place that is kept for nobody need not keep anybody from a picture. */
export interface Bounds {
  /** Until who should see a camera decodes new frames. */
  readonly pictures: Bound
  /** Until every page is connected, and says what is true. */
  readonly presence: Bound
  /** Until the camera, its connector and the viewers believe in the same calls. */
  readonly sessions: Bound
}

const PLAIN: Bound = { ms: BOUND_MS, why: 'the plain bound' }
/** What has failed a few times is tried again so much later at most (decision 12). */
const BACKOFF: Bound = { ms: 25_000, why: 'backoff at a cloud that failed' }
const DEAD_LINE: Bound = { ms: 45_000 + BOUND_MS, why: 'a dead line is noticed within 45 s' }
const SILENCE: Bound = { ms: ALIVE_TIMEOUT_MS + 2 * BOUND_MS, why: 'silence of 150 s' }
const HELLO: Bound = { ms: 10_000 + BOUND_MS, why: 'a welcome is waited for 10 s' }
const STATUS: Bound = { ms: STATUS_AGAIN_MS + BOUND_MS, why: 'a status is said once more after 15 s' }
const RESTS: Bound = { ms: 8_000 + BOUND_MS, why: 'pauses between calls grow to 8 s' }
const HUNG: Bound = { ms: 15_000 + 30_000 + BOUND_MS, why: 'a camera that hung is left alone for 30 s' }
const STICKY: Bound = {
  ms: STICKY_MS + 2 * BOUND_MS,
  why: 'a feed stays taken after a connector that could not hang up',
}
const SITTERS: Bound = {
  ms: ASKED_ALIVE_TIMEOUT_MS + BOUND_MS,
  why: 'who sits at a full camera is asked for 3 s',
}

const AT_ONCE = all(PLAIN)
/** The programs have just started, and everybody calls at the same time. */
export const FIRST_PICTURES = all({ ms: 30_000, why: 'the first pictures' })
/** A hangup that nobody hears keeps a place until somebody wants it. */
const LOST_HANGUP: Bounds = { pictures: SITTERS, presence: PLAIN, sessions: SILENCE }

function all(bound: Bound): Bounds {
  return { pictures: bound, presence: bound, sessions: bound }
}

function boundsOf(fault: SoakFault): Bounds {
  switch (fault.on) {
    case 'service':
      return boundsOfService(fault.fault)
    case 'cloud':
      return all(BACKOFF)
    case 'connector':
      switch (fault.how) {
        case 'kill':
        case 'away':
          return { ...AT_ONCE, pictures: STICKY, sessions: STICKY }
        case 'freeze':
          // Its line has died meanwhile, and the cloud may have failed it.
          return fault.forMs > HANDSHAKE_MS ? all(BACKOFF) : AT_ONCE
        case 'stop':
        case 'clone':
        case 'roll-over':
          return AT_ONCE
        default:
          return fault satisfies never
      }
    case 'camera':
      return fault.how === 'freeze' && fault.forMs > HANDSHAKE_MS
        ? all(HUNG)
        : { ...AT_ONCE, pictures: RESTS }
    case 'viewer':
      switch (fault.how) {
        case 'ghost':
          return { ...AT_ONCE, sessions: SILENCE }
        case 'vanish':
          return { ...AT_ONCE, pictures: SITTERS, sessions: SITTERS }
        case 'new-address':
        case 'no-network':
        case 'away':
        case 'hang-up':
        case 'reload':
        case 'reload-rough':
        case 'roll-over':
          return AT_ONCE
        default:
          return fault satisfies never
      }
    case 'knocker':
      return { ...AT_ONCE, pictures: SITTERS, sessions: SITTERS }
    default:
      return fault satisfies never
  }
}

function boundsOfService(fault: Fault): Bounds {
  switch (fault.kind) {
    case 'drop':
      return boundsOfDrop(fault)
    case 'close':
      if (fault.how !== 'silent') return AT_ONCE
      return fault.whose === 'viewer' ? { ...AT_ONCE, presence: HELLO, sessions: HELLO } : all(DEAD_LINE)
    case 'post':
      return fault.how === 'void' ? { ...LOST_HANGUP, presence: HELLO } : AT_ONCE
    case 'function':
      return fault.how === 'cold' ? AT_ONCE : all(BACKOFF)
    case 'database':
    case 'outage':
      return all(BACKOFF)
    case 'clock':
    case 'delay':
    case 'reorder':
    case 'disconnect-event':
      return AT_ONCE
    default:
      return fault satisfies never
  }
}

function boundsOfDrop({ types }: Extract<Fault, { kind: 'drop' }>): Bounds {
  if (types === 'any' || types.includes('hangup')) return LOST_HANGUP
  return { ...AT_ONCE, presence: longest(types.flatMap((type) => SLOW_TO_MISS.get(type) ?? [])) }
}

/** What is waited for by a connection on its way, or by nobody. */
const SLOW_TO_MISS: ReadonlyMap<string, Bound> = new Map([
  ['hello', HELLO],
  ['welcome', HELLO],
  ['presence', HELLO],
  ['error', HELLO],
  ['status', STATUS],
])

function longest(bounds: readonly Bound[]): Bound {
  return bounds.reduce((long, bound) => (bound.ms > long.ms ? bound : long), PLAIN)
}

export type Class = keyof Bounds
export const CLASSES = ['pictures', 'presence', 'sessions'] as const satisfies readonly Class[]

/** Of each the longest. */
export function boundsOfAll(faults: readonly SoakFault[]): Bounds {
  const bounds = faults.map(boundsOf)
  const longestFor = (name: Class) => longest(bounds.map((one) => one[name]))
  return {
    pictures: longestFor('pictures'),
    presence: longestFor('presence'),
    sessions: longestFor('sessions'),
  }
}

/** For how many ms what a fault has done may show only in what comes after it. */
export function hidesFor(fault: SoakFault): number {
  if (fault.on !== 'service' || fault.fault.kind !== 'close') return 0
  const { how, whose } = fault.fault
  return how === 'silent' && whose !== 'viewer' ? DEAD_LINE.ms : 0
}

export function longestOf({ pictures, presence, sessions }: Bounds): Bound {
  return longest([pictures, presence, sessions])
}

/**
 * Whether only the nine minutes until a viewer's next hello set it right [R28]: these are not waited for. It is what
 * was lost on its way without anybody's knowing; what failed is tried again.
 */
export function needsHello(fault: SoakFault): boolean {
  if (fault.on !== 'service') return false
  const { fault: what } = fault
  if (what.kind === 'post') return what.how === 'void'
  if (what.kind === 'close') return what.how === 'silent' && what.whose !== 'device'
  return what.kind === 'drop' && what.direction === 'to-client' && boundsOfDrop(what).presence === HELLO
}

/**
 * Whether it may have kept a device's end from the viewers: its `$disconnect` comes once, and while the device is away
 * there is nobody to say once more that it is.
 */
export function mayLoseGoodbye(fault: SoakFault): boolean {
  if (fault.on !== 'service') return false
  const { fault: what } = fault
  return what.kind === 'database' || (what.kind === 'function' && what.how !== 'slow' && what.how !== 'cold')
}
