import type { Backend } from '../backend.ts'
import type { DeviceRecord } from '../records.ts'
import { settleAll } from '../settle-all.ts'
import { hangUp } from './end-calls.ts'
import { lapse } from './lapse.ts'

/**
 * Of the calls that run at the device by its own word those that may not go on [R24]: it was away when they ended.
 * Whoever ends one writes that first and looks for the device after; here the device has its address first.
 */
export async function endedCalls(
  backend: Backend,
  device: DeviceRecord,
  named: readonly string[],
): Promise<string[]> {
  const ended = new Set<string>()
  await settleAll(
    [...new Set(named)].map(async (id) => {
      if (await isOver(backend, device, id)) ended.add(id)
    }),
  )
  return [...ended]
}

async function isOver(backend: Backend, device: DeviceRecord, id: string): Promise<boolean> {
  const call = await backend.store.getCall(device.id, id)
  if (call === null || call.state === 'ended') return true
  const lapsed = lapse(call, device, backend.now())
  if (lapsed !== null) await hangUp(backend, call, lapsed)
  return lapsed !== null
}
