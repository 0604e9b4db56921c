import type { Fault } from '../local/faults/fault.ts'
import type { SoakFault } from './faults.ts'
import { CAMERAS, VIEWERS } from './layout.ts'

/** One viewer makes this camera full, so that it says each time that it is busy, or no longer. */
const SMALL = CAMERAS.findIndex(({ maxCalls }) => maxCalls === 1)
const ITS_WATCHER = VIEWERS.findIndex(({ camera }) => camera === CAMERAS[SMALL]?.name)
/** Who sits there is asked for 3 s before it is told that it is busy. */
const KNOCK_MS = 4_000
const PAUSE_MS = 300
const MOST = 2

const KNOCK: SoakFault = { on: 'knocker', camera: SMALL, forMs: KNOCK_MS }
const COME_AND_GO: SoakFault = { on: 'viewer', viewer: ITS_WATCHER, how: 'hang-up', forMs: PAUSE_MS }

/** What lets come about what lies in wait: somebody who calls anew, where nothing else is needed. */
export function occasionsFor(waiting: readonly SoakFault[], caller: SoakFault): readonly SoakFault[] {
  const needed = waiting.map((fault) => (fault.on === 'service' ? needs(fault.fault) : []))
  const special = new Set(needed.flat())
  const isCallerNeeded = needed.some((one) => one.length === 0)
  return [...special, ...(isCallerNeeded ? [caller] : [])].slice(0, MOST)
}

function needs(fault: Fault): readonly SoakFault[] {
  if (fault.kind === 'post') return fault.how === 'gone-late' ? GOING_UNHEARD : []
  if (fault.kind !== 'drop' || fault.types === 'any') return []
  return fault.types.flatMap((type) => BY_TYPE.get(type) ?? [])
}

/** Its connection is taken for open still when the cameras' states are told. */
const GOING_UNHEARD: readonly SoakFault[] = [
  { on: 'service', fault: { kind: 'disconnect-event', how: 'never', count: 1, lateMs: 0 } },
  { on: 'viewer', viewer: ITS_WATCHER, how: 'reload-rough' },
]

const BY_TYPE: ReadonlyMap<string, SoakFault> = new Map<string, SoakFault>([
  ['resume', { on: 'viewer', viewer: ITS_WATCHER, how: 'roll-over' }],
  ['alive', KNOCK],
  ['error', KNOCK],
  ['status', COME_AND_GO],
  ['presence', COME_AND_GO],
  ['hangup', COME_AND_GO],
])
