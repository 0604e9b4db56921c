import type { ViewerAsk } from '../../../protocol/request.ts'
import type { Backend } from '../backend.ts'
import { changeDevice } from '../devices/change-device.ts'
import type { Asker } from '../requests/asker.ts'
import { done, type Result, refused } from '../requests/result.ts'
import { settleAll } from '../settle-all.ts'
import { claimed } from './pairing-state.ts'
import { freePlaces } from './places.ts'

/** One conditional write: of two owners at once, the second finds the device paired [R39]. */
export async function claimDevice(
  backend: Backend,
  asker: Asker,
  { device, code, label }: ViewerAsk<'claim-device'>,
): Promise<Result<'claim-device'>> {
  const changed = await changeDevice(backend, device, (before, now) => claimed(before, code, label, now))
  if (changed.kind === 'kept') {
    backend.log.info('claim-refused', { device, by: asker.person.person, reason: changed.why })
    return refused(changed.why)
  }
  backend.log.info('device-paired', { device, by: asker.person.person })
  await settleAll([tellDevice(backend, device, changed.after.connection, label), freePlaces(backend, device)])
  return done({})
}

/** A device that cannot be told now learns it by its next `hello` [R40]. */
async function tellDevice(
  { connections, log }: Backend,
  device: string,
  connection: string | null,
  label: string,
): Promise<void> {
  if (connection === null) return
  try {
    await connections.post(connection, { type: 'paired', label })
  } catch (error) {
    log.error('device-not-told', { device, error })
  }
}
