import type { Backend } from '../backend.ts'
import { changeDevice } from '../devices/change-device.ts'
import type { DeviceRecord } from '../records.ts'
import { settleAll } from '../settle-all.ts'
import { hangUp } from './end-calls.ts'

/**
 * A connector that has started anew [R51] has none of the calls of the one before but those that it names. The device
 * keeps in mind that these are to be ended until all are: should this fail, its next `hello` does it. The connector is
 * told as well: one that its viewer has repeated meanwhile may have begun there after the `hello` was said.
 */
export async function endLostCalls(
  backend: Backend,
  device: DeviceRecord,
  named: readonly string[],
  connectedAt: number,
): Promise<void> {
  const calls = await backend.store.listCalls(device.id)
  const lost = calls.filter(
    ({ state, call, startedAt }) => state === 'live' && startedAt < connectedAt && !named.includes(call),
  )
  await settleAll(lost.map((call) => hangUp(backend, call, 'connector-restarted')))
  await changeDevice(backend, device.id, (before) =>
    before?.restarted && before.instance === device.instance
      ? { ...before, revision: before.revision + 1, restarted: false }
      : null,
  )
}
