import type { ViewerAsk } from '../../../protocol/request.ts'
import type { Backend } from '../backend.ts'
import type { DeviceRecord } from '../records.ts'
import type { Asker } from '../requests/asker.ts'
import { done, type Result, refused } from '../requests/result.ts'
import { changeDevice } from './change-device.ts'

export async function renameDevice(
  backend: Backend,
  _asker: Asker,
  { device, label }: ViewerAsk<'rename-device'>,
): Promise<Result<'rename-device'>> {
  const changed = await changeDevice(backend, device, (before): DeviceRecord | 'unknown-device' | null => {
    if (before === null || before.paired === null) return 'unknown-device'
    if (before.paired.label === label) return null
    return { ...before, revision: before.revision + 1, paired: { ...before.paired, label } }
  })
  return changed.kind === 'kept' && changed.why !== null ? refused(changed.why) : done({})
}
