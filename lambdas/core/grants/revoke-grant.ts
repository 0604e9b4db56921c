import { splitCameraId } from '../../../protocol/identifiers.ts'
import type { ViewerAsk } from '../../../protocol/request.ts'
import type { Backend } from '../backend.ts'
import { hangUpCalls } from '../calls/end-calls.ts'
import { changeDevice } from '../devices/change-device.ts'
import { dismissViewers } from '../presence/dismiss-viewers.ts'
import type { DeviceRecord } from '../records.ts'
import type { Asker } from '../requests/asker.ts'
import { done, type Result, refused } from '../requests/result.ts'
import { rightOfCall } from '../rights.ts'

/**
 * The right first, then the calls that run without one [R36]. A call that is being placed meanwhile reads the right
 * again when it is answered. Asked again, it ends what an attempt that failed has left.
 */
export async function revokeGrant(
  backend: Backend,
  asker: Asker,
  { camera, grant }: ViewerAsk<'revoke-grant'>,
): Promise<Result<'revoke-grant'>> {
  const { device: deviceId, name } = splitCameraId(camera)
  const changed = await changeDevice(backend, deviceId, (before): DeviceRecord | 'unknown-grant' => {
    const known = before?.grants.find((one) => one.grant === grant && one.camera === name)
    if (before === null || known === undefined) return 'unknown-grant'
    return {
      ...before,
      revision: before.revision + 1,
      grants: before.grants.filter((one) => one !== known),
    }
  })
  const device = changed.kind === 'changed' ? changed.after : changed.before
  if (device !== null) {
    try {
      await hangUpCalls(
        backend,
        deviceId,
        'access-revoked',
        (call) => rightOfCall(call, device, backend.now()) === null,
      )
    } finally {
      const gone = changed.kind === 'changed' || !(await stands(backend, grant))
      if (gone) await dismissViewers(backend, [grant], 'link-revoked')
    }
  }
  if (changed.kind === 'kept') return refused(changed.why)
  backend.log.info('revoked', { camera, grant, by: asker.person.person })
  return done({})
}

/** Asked of a camera that it is not of, its guests have lost nothing. */
async function stands({ store }: Backend, grant: string): Promise<boolean> {
  return (await store.listDevices()).some(({ grants }) => grants.some((one) => one.grant === grant))
}
