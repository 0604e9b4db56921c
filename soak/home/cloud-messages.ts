import type { Fault } from '../../local/faults/fault.ts'
import type { FaultCounts } from '../../local/faults/faults.ts'

export interface CloudSettings {
  /** The folder of the synthesized stack. */
  readonly assembly: string
  readonly dataFolder: string
  /** 0 takes any free one. */
  readonly port: number
  /** How far its clock is ahead: time does not go back where it is started again. */
  readonly aheadMs: number
}

export interface CloudReady {
  readonly siteUrl: string
  /** Signs the owner in, for as long as this process runs. */
  readonly signInLink: string
}

export type CloudAsk =
  | { readonly kind: 'heap' }
  | { readonly kind: 'meter' }
  | { readonly kind: 'fault'; readonly fault: Fault }
  /** Answered with what has come about, as is `met`. */
  | { readonly kind: 'clear' }
  | { readonly kind: 'met' }

export interface Met {
  /** How often each fault has come about since the start. */
  readonly counts: FaultCounts
  /** For how many occasions faults still lie in wait. */
  readonly waiting: number
}
