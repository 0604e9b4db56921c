import { frameBytes, MAX_FRAME_BYTES, takeFitting } from '../../../protocol/frame.ts'
import { PROTOCOL_VERSION } from '../../../protocol/version.ts'
import type { Self, ViewerWelcome, VisibleCamera } from '../../../protocol/welcome.ts'
import type { Backend } from '../backend.ts'
import type { ConnectionRecord, DeviceRecord } from '../records.ts'
import { rollOverMs } from '../roll-over.ts'

/** Whom the cloud takes the viewer for, and what that one sees. */
export interface Admitted {
  readonly self: Self
  readonly cameras: readonly VisibleCamera[]
}

export interface Greeted extends Admitted {
  /** Those that were read for it. */
  readonly devices: readonly DeviceRecord[]
}

/** The connection that it is for says when the next one is to be opened [R46]. */
export function welcome(
  { iceServers, log, now }: Backend,
  connection: Pick<ConnectionRecord, 'connection' | 'connectedAt'>,
  { self, cameras }: Admitted,
): ViewerWelcome {
  const empty: ViewerWelcome = {
    type: 'welcome',
    protocol: PROTOCOL_VERSION,
    self,
    cameras: [],
    iceServers: [...iceServers],
    rollOverMs: rollOverMs(connection, now()),
  }
  const shown = takeFitting(watchableFirst(cameras), MAX_FRAME_BYTES - frameBytes(empty))
  if (shown.length < cameras.length)
    log.error('cameras-left-out', { of: cameras.length, shown: shown.length })
  return { ...empty, cameras: shown }
}

/** A frame has room for some 150 cameras; of more, those that can be watched come first. */
function watchableFirst(cameras: readonly VisibleCamera[]): VisibleCamera[] {
  return cameras.toSorted((a, b) => Number(a.state === 'offline') - Number(b.state === 'offline'))
}
