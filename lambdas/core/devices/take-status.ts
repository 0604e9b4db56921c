import { errorMessage } from '../../../protocol/error.ts'
import type { Status } from '../../../protocol/status.ts'
import type { Backend } from '../backend.ts'
import { type Outcome, say } from '../outcome.ts'
import { turnAway } from '../pairing/turn-away.ts'
import { announceAgain } from '../presence/announce.ts'
import type { Device, Sender } from '../principal.ts'
import { changeDevice } from './change-device.ts'
import { isPaired, reported } from './device-state.ts'

export async function takeStatus(backend: Backend, sender: Sender<Device>, status: Status): Promise<Outcome> {
  const changed = await changeDevice(backend, sender.principal.id, (before, now) => {
    if (before === null || !isPaired(before)) return 'not-paired'
    return reported(before, status, sender.connection, now) ?? 'say-hello'
  })
  if (changed.kind === 'changed') {
    await announceAgain(backend, changed.after, backend.now())
    return null
  }
  const refusal = errorMessage(changed.why)
  return changed.why === 'say-hello' ? say(refusal) : turnAway(backend, sender, refusal)
}
