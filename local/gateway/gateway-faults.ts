import type { Duplex } from 'node:stream'
import type { Connection } from './connection.ts'
import type { Leg } from './leg.ts'

/** Both directions between one client and the cloud. */
export interface Line {
  readonly toCloud: Leg
  readonly toClient: Leg
}

/** Who is at the other end of a line. */
export interface LineClient {
  readonly socket: Duplex
  /** The header in which it shows who it is. */
  readonly subprotocols: string
  /** Absent until its upgrade has reached the cloud. */
  connection?: Connection
}

/** What a test lets happen to a gateway. */
export interface GatewayFaults {
  /** The line that this client has instead of `line`, from its upgrade on. */
  openLine(line: Line, client: LineClient): Line
  /** Tells the function of the end of a connection: now, later, twice or never. */
  disconnected(tell: () => void): void
  /** `check` is called when connections may have outlived their time all at once. */
  onClockMoved(check: () => void): void
}
