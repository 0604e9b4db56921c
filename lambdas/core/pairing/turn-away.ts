import type { ToDevice } from '../../../protocol/directions.ts'
import type { Backend } from '../backend.ts'
import { isPaired } from '../devices/device-state.ts'
import { lastWord, type Outcome, say } from '../outcome.ts'
import type { Device, Sender } from '../principal.ts'

/**
 * A refusal, and for who has neither an owner nor waits in one of the few places the last word: that one has no
 * business being connected [R38].
 */
export async function turnAway(
  backend: Backend,
  { principal, connection }: Sender<Device>,
  refusal: ToDevice,
): Promise<Outcome> {
  const device = await backend.store.getDevice(principal.id)
  return isPaired(device) || device?.connection === connection
    ? say(refusal)
    : lastWord(backend, connection, refusal)
}
