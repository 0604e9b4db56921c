import type { Status } from '../../../protocol/status.ts'
import type { Backend } from '../backend.ts'
import type { Outcome } from '../outcome.ts'
import { turnAway } from '../pairing/turn-away.ts'
import type { Device, Sender } from '../principal.ts'
import { changeDevice } from './change-device.ts'
import { reported } from './device-state.ts'
import { isPaired } from './greet-device.ts'

export async function takeStatus(
  backend: Backend,
  sender: Sender<Device>,
  { cameras }: Status,
): Promise<Outcome> {
  const changed = await changeDevice(backend, sender.principal.id, (before, now) => {
    if (before === null || !isPaired(before)) return 'not-paired'
    return reported(before, cameras, sender.connection, now)
  })
  return changed.kind === 'kept' && changed.why === 'not-paired' ? turnAway(backend, sender) : null
}
