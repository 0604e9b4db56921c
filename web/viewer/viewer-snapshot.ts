import type { Watch } from '../../protocol/operations.ts'
import type { Self } from '../../protocol/welcome.ts'
import type { CallState } from './call/call-state.ts'
import type { Cameras } from './cameras.ts'
import type { LinkState } from './link/link-state.ts'
import type { RegainState } from './regain/regain-state.ts'

/** What a page can show of its viewer. */
export interface ViewerSnapshot {
  readonly link: LinkState
  /** Whom the cloud takes this page for; null until the first welcome. */
  readonly self: Self | null
  /** Null until the first welcome. */
  readonly cameras: Cameras | null
  /** By camera. */
  readonly calls: ReadonlyMap<string, CallState>
  /** By camera: how its picture, which was lost, comes back. */
  readonly regains: ReadonlyMap<string, RegainState>
  /** Devices of these cameras that this browser does not know yet [R43]: their cameras cannot be called. */
  readonly newDevices: ReadonlySet<string>
  /** An owner's: who else watches now, by camera. */
  readonly watchers: ReadonlyMap<string, readonly Watch[]>
}

export const EMPTY_SNAPSHOT: ViewerSnapshot = {
  link: { phase: 'idle' },
  self: null,
  cameras: null,
  calls: new Map(),
  regains: new Map(),
  newDevices: new Set(),
  watchers: new Map(),
}
