import { CONNECTION_LIFETIME_MS, IDLE_TIMEOUT_MS } from './limits.ts'

export interface Closing {
  readonly code: number
  readonly reason: string
}

export type ConnectionState =
  /** `$connect` runs. Its client may have gone away meanwhile. */
  | { readonly kind: 'connecting'; readonly gone?: Closing }
  | { readonly kind: 'open'; readonly openedAt: number; readonly activeAt: number }
  | { readonly kind: 'closed' }

export type ConnectionEvent =
  | { readonly kind: 'accepted'; readonly at: number }
  | { readonly kind: 'refused' }
  /** A message went through, in either direction. */
  | { readonly kind: 'message'; readonly at: number }
  | { readonly kind: 'binary' }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'deleted' }
  | { readonly kind: 'client-gone'; readonly closing: Closing }
  | { readonly kind: 'timer'; readonly at: number }

export type ConnectionEffect =
  | { readonly kind: 'wake'; readonly at: number }
  | { readonly kind: 'close'; readonly closing: Closing }
  | { readonly kind: 'disconnected'; readonly closing: Closing }

export interface ConnectionStep {
  readonly state: ConnectionState
  readonly effects: readonly ConnectionEffect[]
}

const GOING_AWAY = { code: 1001, reason: 'Going away' }
const BINARY_UNSUPPORTED = { code: 1003, reason: '' }
const TOO_LARGE = { code: 1009, reason: '' }
const DELETED = { code: 1000, reason: 'Connection Closed Normally' }

/** A ping is no event: that it would reset the idle time is not documented. */
export function stepConnection(state: ConnectionState, event: ConnectionEvent): ConnectionStep {
  switch (state.kind) {
    case 'connecting':
      return stepConnecting(state, event)
    case 'open':
      return stepOpen(state, event)
    case 'closed':
      return { state, effects: [] }
    default:
      return state satisfies never
  }
}

function stepConnecting(
  state: Extract<ConnectionState, { kind: 'connecting' }>,
  event: ConnectionEvent,
): ConnectionStep {
  switch (event.kind) {
    case 'accepted': {
      // Whoever was told of the connection is told of its end.
      if (state.gone)
        return { state: { kind: 'closed' }, effects: [{ kind: 'disconnected', closing: state.gone }] }
      const open = { kind: 'open', openedAt: event.at, activeAt: event.at } as const
      return { state: open, effects: [{ kind: 'wake', at: deadline(open) }] }
    }
    case 'refused':
      return { state: { kind: 'closed' }, effects: [] }
    case 'client-gone':
      return { state: { kind: 'connecting', gone: event.closing }, effects: [] }
    case 'message':
    case 'binary':
    case 'too-large':
    case 'deleted':
    case 'timer':
      return { state, effects: [] }
    default:
      return event satisfies never
  }
}

function stepOpen(state: Extract<ConnectionState, { kind: 'open' }>, event: ConnectionEvent): ConnectionStep {
  switch (event.kind) {
    case 'message':
      return { state: { ...state, activeAt: event.at }, effects: [] }
    case 'binary':
      return closeWith(BINARY_UNSUPPORTED)
    case 'too-large':
      return closeWith(TOO_LARGE)
    case 'deleted':
      return closeWith(DELETED)
    case 'client-gone':
      return { state: { kind: 'closed' }, effects: [{ kind: 'disconnected', closing: event.closing }] }
    case 'timer':
      if (event.at >= deadline(state)) return closeWith(GOING_AWAY)
      return { state, effects: [{ kind: 'wake', at: deadline(state) }] }
    case 'accepted':
    case 'refused':
      return { state, effects: [] }
    default:
      return event satisfies never
  }
}

function closeWith(closing: Closing): ConnectionStep {
  return {
    state: { kind: 'closed' },
    effects: [
      { kind: 'close', closing },
      { kind: 'disconnected', closing },
    ],
  }
}

function deadline({ openedAt, activeAt }: { openedAt: number; activeAt: number }): number {
  return Math.min(openedAt + CONNECTION_LIFETIME_MS, activeAt + IDLE_TIMEOUT_MS)
}
