/** What AWS would put on the bill, counted since the start. */
export interface MeterSnapshot {
  /** Each message counts once per started 32 KB. */
  readonly messagesIn: number
  readonly messagesOut: number
  readonly connectionMinutes: number
  /** Now. */
  readonly openConnections: number
  readonly functionRequests: number
  readonly functionGbMs: number
  readonly readUnits: number
  readonly writeUnits: number
}

export type MeterEvent =
  | { readonly kind: 'message'; readonly direction: 'in' | 'out'; readonly bytes: number }
  | { readonly kind: 'connection-opened'; readonly at: number }
  | { readonly kind: 'connection-closed'; readonly openedAt: number; readonly at: number }
  | { readonly kind: 'invocation'; readonly memoryMb: number; readonly billedMs: number }
  | { readonly kind: 'capacity'; readonly readUnits: number; readonly writeUnits: number }

export interface Meter {
  record(event: MeterEvent): void
  snapshot(): MeterSnapshot
}

const MESSAGE_UNIT_BYTES = 32 * 1024
const MS_PER_MINUTE = 60_000
const MB_PER_GB = 1024

export function createMeter(now: () => number): Meter {
  const messages = { in: 0, out: 0 }
  let closedConnectionMs = 0
  let open = 0
  let openedAtSum = 0
  let functionRequests = 0
  let functionGbMs = 0
  let readUnits = 0
  let writeUnits = 0

  return {
    record(event) {
      switch (event.kind) {
        case 'message':
          messages[event.direction] += Math.max(1, Math.ceil(event.bytes / MESSAGE_UNIT_BYTES))
          return
        case 'connection-opened':
          open += 1
          openedAtSum += event.at
          return
        case 'connection-closed':
          open -= 1
          openedAtSum -= event.openedAt
          closedConnectionMs += event.at - event.openedAt
          return
        case 'invocation':
          functionRequests += 1
          functionGbMs += (Math.ceil(event.billedMs) * event.memoryMb) / MB_PER_GB
          return
        case 'capacity':
          readUnits += event.readUnits
          writeUnits += event.writeUnits
          return
        default:
          return event satisfies never
      }
    },
    snapshot: () => ({
      messagesIn: messages.in,
      messagesOut: messages.out,
      connectionMinutes: (closedConnectionMs + open * now() - openedAtSum) / MS_PER_MINUTE,
      openConnections: open,
      functionRequests,
      functionGbMs,
      readUnits,
      writeUnits,
    }),
  }
}
