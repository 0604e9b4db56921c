import type { ViewerAsk } from '../../../protocol/request.ts'
import type { Backend } from '../backend.ts'
import { hangUpCalls } from '../calls/end-calls.ts'
import { type ChangedDevice, changeDevice } from '../devices/change-device.ts'
import { dismissViewers } from '../presence/dismiss-viewers.ts'
import type { Asker } from '../requests/asker.ts'
import { done, type Result, refused } from '../requests/result.ts'
import { settleAll } from '../settle-all.ts'
import { unpaired } from './pairing-state.ts'

/** Rights first, then what runs by them [R41]. Asked again, it ends what an attempt that failed has left. */
export async function unpairDevice(
  backend: Backend,
  asker: Asker,
  { device }: ViewerAsk<'unpair-device'>,
): Promise<Result<'unpair-device'>> {
  const changed = await changeDevice(backend, device, (before, now) =>
    before === null || before.paired === null ? 'unknown-device' : unpaired(before, now),
  )
  try {
    await hangUpCalls(backend, device, 'device-unpaired', () => true)
  } finally {
    if (changed.kind === 'changed') await closeConnections(backend, changed)
  }
  if (changed.kind === 'kept') return refused(changed.why)
  backend.log.info('device-unpaired', { device, by: asker.person.person })
  return done({})
}

async function closeConnections(backend: Backend, { before, after }: ChangedDevice): Promise<void> {
  const links = before?.grants.filter(({ kind }) => kind === 'link') ?? []
  await settleAll([
    disconnectDevice(backend, after.id, after.connection),
    dismissViewers(
      backend,
      links.map(({ grant }) => grant),
      'link-revoked',
    ),
  ])
}

async function disconnectDevice(
  { connections, log }: Backend,
  device: string,
  connection: string | null,
): Promise<void> {
  if (connection === null) return
  try {
    await connections.disconnect(connection)
  } catch (error) {
    // It stays connected, and is told `not-paired` at its next word.
    log.error('device-not-disconnected', { device, error })
  }
}
