import { errorMessage } from '../../../protocol/error.ts'
import type { DeviceHello } from '../../../protocol/hello.ts'
import { PROTOCOL_VERSION } from '../../../protocol/version.ts'
import type { DeviceWelcome } from '../../../protocol/welcome.ts'
import type { Backend } from '../backend.ts'
import { endLostCalls } from '../calls/end-lost-calls.ts'
import { endedCalls } from '../calls/ended-calls.ts'
import { dismissal, type Outcome, say } from '../outcome.ts'
import { freePlaces, takePlace } from '../pairing/places.ts'
import { turnAway } from '../pairing/turn-away.ts'
import { announceAgain } from '../presence/announce.ts'
import type { Device, Sender } from '../principal.ts'
import type { DeviceRecord } from '../records.ts'
import { rollOverMs } from '../roll-over.ts'
import { versionRefusal } from '../version-refusal.ts'
import { changeDevice } from './change-device.ts'
import { greeted, isPaired } from './device-state.ts'

/** A device that no owner has claimed needs a place before anything is written for it [R38]. */
export async function greetDevice(
  backend: Backend,
  sender: Sender<Device>,
  hello: DeviceHello,
): Promise<Outcome> {
  const refusal = versionRefusal(hello.protocol)
  if (refusal !== null) return turnAway(backend, sender, refusal)
  const { log } = backend
  const { id } = sender.principal
  let waits = false
  let changed = await changeDevice(backend, id, (before, now) =>
    isPaired(before) ? greeted(before, id, hello, sender, now) : 'unpaired',
  )
  if (changed.kind === 'kept' && changed.why === 'unpaired') {
    waits = await takePlace(backend, id)
    if (!waits) {
      log.info('device-refused', { device: id, connection: sender.connection })
      return dismissal(backend, sender.connection, 'too-many-unpaired')
    }
    changed = await changeDevice(backend, id, (before, now) => greeted(before, id, hello, sender, now))
  }
  const device = changed.kind === 'changed' ? changed.after : changed.before
  const paired = isPaired(device)
  if (waits && paired) await freePlaces(backend, id)
  log.info('device-hello', {
    device: id,
    connection: sender.connection,
    holdsAddress: changed.kind === 'changed',
    paired,
  })
  if (changed.kind === 'kept' && device !== null && device.instance !== hello.instance) {
    return dismissal(backend, sender.connection, 'replaced')
  }
  if (changed.kind === 'changed') await replace(backend, changed.before, changed.after)
  const named = hello.calls ?? []
  const ended = device !== null && paired ? await endedCalls(backend, device, named) : []
  const welcome: DeviceWelcome = {
    type: 'welcome',
    protocol: PROTOCOL_VERSION,
    device: id,
    paired,
    ...(ended.length === 0 ? {} : { ended }),
    rollOverMs: rollOverMs(sender, backend.now()),
  }
  if (changed.kind === 'kept') return say(welcome)
  const { after } = changed
  const afterwards = async (): Promise<void> => {
    await announceAgain(backend, after, backend.now())
    if (after.restarted) await settleRestart(backend, after, named, sender.connectedAt)
  }
  return { say: welcome, afterwards }
}

/** Once the device is welcomed, for which it is none of its business whether its lost viewers can be told. */
async function settleRestart(
  backend: Backend,
  device: DeviceRecord,
  named: readonly string[],
  connectedAt: number,
): Promise<void> {
  try {
    await endLostCalls(backend, device, named, connectedAt)
  } catch (error) {
    backend.log.error('lost-calls-not-ended', { device: device.id, error })
  }
}

/** [R5] Two programs with one key would take each other's calls away; the newer is what somebody has just started. */
async function replace(backend: Backend, before: DeviceRecord | null, after: DeviceRecord): Promise<void> {
  const older = before?.connection ?? null
  if (before === null || older === null || older === after.connection) return
  if (before.instance === after.instance || before.connectedAt > after.connectedAt) return
  try {
    await backend.connections.post(older, errorMessage('replaced'))
    await backend.connections.disconnect(older)
  } catch (error) {
    backend.log.error('replaced-not-told', { device: after.id, connection: older, error })
  }
}
