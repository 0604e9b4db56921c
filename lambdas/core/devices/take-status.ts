import { errorMessage } from '../../../protocol/error.ts'
import type { Status } from '../../../protocol/status.ts'
import type { Backend } from '../backend.ts'
import type { Outcome } from '../outcome.ts'
import { turnAway } from '../pairing/turn-away.ts'
import type { Device, Sender } from '../principal.ts'
import { changeDevice } from './change-device.ts'
import { isPaired, reported } from './device-state.ts'

export async function takeStatus(
  backend: Backend,
  sender: Sender<Device>,
  { cameras }: Status,
): Promise<Outcome> {
  const changed = await changeDevice(backend, sender.principal.id, (before, now) => {
    if (before === null || !isPaired(before)) return 'not-paired'
    return reported(before, cameras, sender.connection, now)
  })
  if (changed.kind !== 'kept' || changed.why === null) return null
  return turnAway(backend, sender, errorMessage(changed.why))
}
