import { splitCameraId } from '../../../protocol/identifiers.ts'
import type { ViewerAsk } from '../../../protocol/request.ts'
import type { Backend } from '../backend.ts'
import { isPaired } from '../devices/device-state.ts'
import type { Asker } from '../requests/asker.ts'
import { pageOf } from '../requests/page.ts'
import { type Result, refused } from '../requests/result.ts'
import { NEVER_BEGAN, watchOf } from './watching.ts'

/** Also of a camera that the device does not name any more. */
export async function listHistory(
  { store }: Backend,
  _asker: Asker,
  { camera, cursor }: ViewerAsk<'list-history'>,
): Promise<Result<'list-history'>> {
  const { device: deviceId } = splitCameraId(camera)
  const [device, calls] = await Promise.all([store.getDevice(deviceId), store.listCalls(deviceId)])
  if (!isPaired(device)) return refused('unknown-camera')
  const visits = calls.filter((call) => call.camera === camera && call.endReason !== NEVER_BEGAN).map(watchOf)
  return pageOf(
    visits,
    ({ startedAt, call }) => ({ at: startedAt, id: call }),
    'newest-first',
    cursor,
    (watches) => ({ watches }),
  )
}
