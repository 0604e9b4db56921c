import { splitCameraId } from '../../../protocol/identifiers.ts'
import { HISTORY_MS } from '../../../protocol/operations.ts'
import type { ViewerAsk } from '../../../protocol/request.ts'
import type { Backend } from '../backend.ts'
import { changeDevice } from '../devices/change-device.ts'
import type { Asker } from '../requests/asker.ts'
import { done, type Result, refused } from '../requests/result.ts'
import { hasCamera, withGrant } from './add-grant.ts'
import { newGrantId } from './new-grant-id.ts'

/** Ten years, with as many leap days as they may have. */
const LONGEST_MS = 3_653 * 24 * 60 * 60_000

/** The link first, which gives nothing without its grant; the other way round a grant could stand that nobody has. */
export async function grantByLink(
  backend: Backend,
  asker: Asker,
  { camera, hash, label, until, max }: ViewerAsk<'grant-by-link'>,
): Promise<Result<'grant-by-link'>> {
  const { store, log, now } = backend
  const { device: deviceId, name } = splitCameraId(camera)
  if (until <= now()) return refused('bad-message', 'until: is over')
  if (until > now() + LONGEST_MS) return refused('bad-message', 'until: is more than ten years ahead')
  if (!hasCamera(await store.getDevice(deviceId), name)) return refused('unknown-camera')
  const grant = newGrantId(backend)
  const fresh = await store.addLink({ hash, device: deviceId, grant, until }, until + HISTORY_MS)
  if (!fresh) return knownLink(backend, hash, deviceId, name)
  const changed = await changeDevice(backend, deviceId, (before, at) =>
    withGrant(before, { kind: 'link', grant, camera: name, label, until, max, createdAt: at }, at),
  )
  if (changed.kind === 'kept') return refused(changed.why)
  log.info('granted', { camera, grant, by: asker.person.person })
  return done({ grant })
}

/** Asked again. A link whose grant is gone was revoked, and does not come back. */
async function knownLink(
  { store }: Backend,
  hash: string,
  deviceId: string,
  camera: string,
): Promise<Result<'grant-by-link'>> {
  const [link, device] = await Promise.all([store.getLink(hash), store.getDevice(deviceId)])
  const stands = device?.grants.some((one) => one.grant === link?.grant && one.camera === camera) ?? false
  return link !== null && stands ? done({ grant: link.grant }) : refused('unknown-grant')
}
