import type { Backend } from '../backend.ts'
import { changeDevice } from '../devices/change-device.ts'
import { isPaired } from '../devices/device-state.ts'
import type { Device, Sender } from '../principal.ts'
import { done, type Result, refused } from '../requests/result.ts'
import { codeShown } from './pairing-state.ts'
import { takePlace } from './places.ts'

/** Only from the connection that the device said `hello` on. */
export async function startPairing(
  backend: Backend,
  { principal, connection }: Sender<Device>,
  { codeHash }: { readonly codeHash: string },
): Promise<Result<'start-pairing'>> {
  const { store, log, webOrigin } = backend
  const known = await store.getDevice(principal.id)
  if (isPaired(known)) return refused('not-allowed', 'the device is paired')
  if (known?.connection !== connection) return refused('not-paired', 'say hello first')
  if (!(await takePlace(backend, principal.id))) return refused('too-many-unpaired')
  const changed = await changeDevice(backend, principal.id, (before, now) => {
    if (before === null || before.connection !== connection || before.paired !== null) return 'not-allowed'
    return codeShown(before, codeHash, now)
  })
  if (changed.kind === 'kept' && changed.why !== null) return refused(changed.why)
  if (changed.kind === 'changed') log.info('pairing-code', { device: principal.id })
  const shown = changed.kind === 'changed' ? changed.after : changed.before
  return shown?.code ? done({ until: shown.code.until, site: webOrigin }) : refused('internal')
}
