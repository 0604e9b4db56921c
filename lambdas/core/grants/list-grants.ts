import { cameraId, splitCameraId } from '../../../protocol/identifiers.ts'
import type { Grant } from '../../../protocol/operations.ts'
import type { ViewerAsk } from '../../../protocol/request.ts'
import type { Backend } from '../backend.ts'
import type { GrantRecord } from '../records.ts'
import type { Asker } from '../requests/asker.ts'
import { pageOf } from '../requests/page.ts'
import { type Result, refused } from '../requests/result.ts'
import { isOver } from '../rights.ts'
import { hasCamera } from './add-grant.ts'

/** Who may watch the camera now. */
export async function listGrants(
  { store, now }: Backend,
  _asker: Asker,
  { camera, cursor }: ViewerAsk<'list-grants'>,
): Promise<Result<'list-grants'>> {
  const { device: deviceId, name } = splitCameraId(camera)
  const device = await store.getDevice(deviceId)
  if (device === null || !hasCamera(device, name)) return refused('unknown-camera')
  const standing = device.grants
    .filter((grant) => grant.camera === name && !isOver(grant, now()))
    .map((grant) => shown(deviceId, grant))
  return pageOf(
    standing,
    ({ createdAt, grant }) => ({ at: createdAt, id: grant }),
    'oldest-first',
    cursor,
    (grants) => ({ grants }),
  )
}

function shown(device: string, record: GrantRecord): Grant {
  const { grant, createdAt } = record
  const common = { grant, camera: cameraId(device, record.camera), createdAt }
  if (record.kind === 'link') {
    return { ...common, kind: 'link', name: record.label, until: record.until, max: record.max }
  }
  return { ...common, kind: record.person === null ? 'invited' : 'person', name: record.email }
}
