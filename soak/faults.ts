import type { Fault } from '../local/faults/fault.ts'

/** Everything that can go wrong in a run; times in ms. `viewer`, `camera` and `connector` are places in the layout. */
export type SoakFault =
  /** In the cloud's services. */
  | { readonly on: 'service'; readonly fault: Fault }
  /** The cloud's process: killed, or asked to end; started again after that. */
  | { readonly on: 'cloud'; readonly how: 'kill' | 'stop'; readonly forMs: number }
  | ConnectorFault
  | {
      readonly on: 'camera'
      readonly camera: number
      readonly how: 'kill' | 'freeze'
      readonly forMs: number
    }
  /** `away`: dead until everybody has been told that it is. */
  | { readonly on: 'camera'; readonly camera: number; readonly how: 'away' }
  | ViewerFault
  /** Somebody more calls a camera, which may be full. */
  | { readonly on: 'knocker'; readonly camera: number; readonly forMs: number }

type ConnectorFault =
  | {
      readonly on: 'connector'
      readonly connector: number
      readonly how: 'kill' | 'stop' | 'freeze'
      readonly forMs: number
    }
  /** `clone`: another card with the same key is started. `away`: dead until everybody has been told. */
  | { readonly on: 'connector'; readonly connector: number; readonly how: 'clone' | 'roll-over' | 'away' }

export type ViewerFault =
  | {
      readonly on: 'viewer'
      readonly viewer: number
      /** `away`: not looked at for more than a minute. `hang-up`: and calls again after that. */
      readonly how: 'away' | 'no-network' | 'hang-up'
      readonly forMs: number
    }
  /**
   * `ghost`: vanishes where nobody asks for its place, so that only silence tells [R22]. `new-address`: all that it
   * had open is dead, and no event tells.
   */
  | {
      readonly on: 'viewer'
      readonly viewer: number
      readonly how: 'reload' | 'reload-rough' | 'vanish' | 'ghost' | 'roll-over' | 'new-address'
    }

/** As it is counted in the report. */
export function kindOf(fault: SoakFault): string {
  switch (fault.on) {
    case 'service':
      return serviceKind(fault.fault)
    case 'knocker':
      return 'knocker'
    case 'cloud':
    case 'connector':
    case 'camera':
    case 'viewer':
      return `${fault.on} ${fault.how}`
    default:
      return fault satisfies never
  }
}

/** Whether it has come about; `met` goes by what the cloud calls it. Who is not of the cloud is always met. */
export function hasComeAbout(fault: SoakFault, met: Readonly<Record<string, number>>): boolean {
  if (fault.on !== 'service') return true
  const name = nameWhenMet(fault.fault)
  // The cloud tells the directions of a delay apart.
  return Object.entries(met).some(([one, count]) => count > 0 && `${one} `.startsWith(`${name} `))
}

/** As the cloud counts it: whose line it was is all the same there. */
function nameWhenMet(fault: Fault): string {
  switch (fault.kind) {
    case 'close':
      return `close ${fault.how}`
    case 'outage':
      return 'outage'
    default:
      return serviceKind(fault)
  }
}

function serviceKind(fault: Fault): string {
  switch (fault.kind) {
    case 'delay':
    case 'reorder':
    case 'clock':
      return fault.kind
    case 'drop':
      return `drop ${fault.types === 'any' ? 'any' : fault.types.join('+')} ${fault.direction}`
    case 'close':
      return `close ${fault.whose} ${fault.how}`
    case 'outage':
      return `outage ${fault.whose}`
    case 'disconnect-event':
    case 'post':
    case 'database':
    case 'function':
      return `${fault.kind} ${fault.how}`
    default:
      return fault satisfies never
  }
}
