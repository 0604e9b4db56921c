/** A picture that runs shows a new frame far more often than this. */
const STALL_MS = 5_000
/** After a change of the network a picture that stands is taken for lost sooner, for so long. */
const HASTY_STALL_MS = 1_500
const HASTY_FOR_MS = 10_000
export const FRAMES_INTERVAL_MS = 500
/** The page itself stood still: it cannot know what came meanwhile. */
const FROZEN_MS = 3_000

/** How many frames a connection had decoded, and since when there was no further one. Times in ms. */
export interface Flow {
  readonly frames: number
  readonly since: number
  readonly countedAt: number
  readonly hastyUntil: number
}

export type FlowEvent =
  | { readonly type: 'counted'; readonly frames: number; readonly now: number }
  | { readonly type: 'network-changed'; readonly now: number }

export function startFlow(now: number): Flow {
  return { frames: 0, since: now, countedAt: now, hastyUntil: 0 }
}

export function stepFlow(flow: Flow, event: FlowEvent): Flow {
  const { now } = event
  if (event.type === 'network-changed') return { ...flow, hastyUntil: now + HASTY_FOR_MS }
  const counted = { ...flow, frames: event.frames, countedAt: now }
  if (event.frames !== flow.frames) return { ...counted, since: now }
  if (now - flow.countedAt < FROZEN_MS) return counted
  // Whatever froze the page may have changed the network as well.
  return { ...counted, since: now, hastyUntil: now + HASTY_FOR_MS }
}

export function isStalled({ since, countedAt, hastyUntil }: Flow): boolean {
  return countedAt - since >= (countedAt < hastyUntil ? HASTY_STALL_MS : STALL_MS)
}
