import { errorMessage } from '../../../protocol/error.ts'
import type { Backend } from '../backend.ts'
import { dismissal, type Outcome, say } from '../outcome.ts'
import type { Device, Sender } from '../principal.ts'

/** From who waits in one of the few places this is only refused; anyone else has no business being connected [R38]. */
export async function turnAway(
  backend: Backend,
  { principal, connection }: Sender<Device>,
  call?: string,
): Promise<Outcome> {
  const device = await backend.store.getDevice(principal.id)
  return device?.connection === connection
    ? say(errorMessage('not-paired', { call }))
    : dismissal(backend, connection, 'not-paired')
}
