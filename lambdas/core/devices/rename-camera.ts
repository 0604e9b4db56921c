import { splitCameraId } from '../../../protocol/identifiers.ts'
import type { ViewerAsk } from '../../../protocol/request.ts'
import type { Backend } from '../backend.ts'
import type { DeviceRecord } from '../records.ts'
import type { Asker } from '../requests/asker.ts'
import { done, type Result, refused } from '../requests/result.ts'
import { changeDevice } from './change-device.ts'

/** Whoever may see the camera is told its new name. */
export async function renameCamera(
  backend: Backend,
  _asker: Asker,
  { camera, label }: ViewerAsk<'rename-camera'>,
): Promise<Result<'rename-camera'>> {
  const { device, name } = splitCameraId(camera)
  const changed = await changeDevice(backend, device, (before): DeviceRecord | 'unknown-camera' | null => {
    const known = before?.paired ? before.cameras.find((one) => one.name === name) : undefined
    if (before === null || known === undefined) return 'unknown-camera'
    if (known.renamed === label) return null
    return {
      ...before,
      revision: before.revision + 1,
      cameras: before.cameras.map((one) => (one === known ? { ...one, renamed: label } : one)),
    }
  })
  return changed.kind === 'kept' && changed.why !== null ? refused(changed.why) : done({})
}
