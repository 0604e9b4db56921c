import { cameraId } from '../../../protocol/identifiers.ts'
import type { PairedDevice } from '../../../protocol/operations.ts'
import type { ViewerAsk } from '../../../protocol/request.ts'
import type { Backend } from '../backend.ts'
import type { DeviceRecord } from '../records.ts'
import type { Asker } from '../requests/asker.ts'
import { pageOf } from '../requests/page.ts'
import type { Result } from '../requests/result.ts'
import { isOnline } from './device-state.ts'

export async function listDevices(
  { store, now }: Backend,
  _asker: Asker,
  { cursor }: ViewerAsk<'list-devices'>,
): Promise<Result<'list-devices'>> {
  const paired = (await store.listDevices()).flatMap((device) => pairedDevice(device, now()))
  return pageOf(
    paired,
    ({ pairedAt, device }) => ({ at: pairedAt, id: device }),
    'oldest-first',
    cursor,
    (devices) => ({ devices }),
  )
}

function pairedDevice(device: DeviceRecord, now: number): PairedDevice[] {
  if (device.paired === null) return []
  return [
    {
      device: device.id,
      label: device.paired.label,
      pairedAt: device.paired.at,
      online: isOnline(device, now),
      cameras: device.cameras.map(({ name, label, renamed }) => ({
        camera: cameraId(device.id, name),
        label: renamed ?? label,
      })),
    },
  ]
}
