import type { ErrorMessage } from '../../protocol/error.ts'
import { errorMessage } from '../../protocol/error.ts'
import { frameBytes, MAX_FRAME_BYTES, takeFitting } from '../../protocol/frame.ts'
import type { DeviceHello, ViewerHello } from '../../protocol/hello.ts'
import { ACCEPTED_VERSIONS, PROTOCOL_VERSION } from '../../protocol/version.ts'
import type { DeviceWelcome, ViewerWelcome, VisibleCamera } from '../../protocol/welcome.ts'
import type { Backend } from './backend.ts'
import { changeDevice } from './change-device.ts'
import { greeted } from './device-state.ts'
import { visibleCameras } from './presence.ts'
import type { Sender } from './principal.ts'

/** The gateway ends a connection after two hours; its record may go soon after. */
const CONNECTION_RECORD_MS = 130 * 60_000

export async function greetViewer(
  backend: Backend,
  sender: Sender,
  hello: ViewerHello,
): Promise<ViewerWelcome | ErrorMessage> {
  if (!ACCEPTED_VERSIONS.includes(hello.protocol)) return versionRefused(hello.protocol)
  const { store, log, now } = backend
  await store.addConnection(sender.principal.id, sender.connection, now() + CONNECTION_RECORD_MS)
  const cameras = visibleCameras(await store.listDevices(), now())
  const welcome: ViewerWelcome = {
    type: 'welcome',
    protocol: PROTOCOL_VERSION,
    cameras: [],
    iceServers: [...backend.iceServers],
  }
  const shown = takeFitting(watchableFirst(cameras), MAX_FRAME_BYTES - frameBytes(welcome))
  if (shown.length < cameras.length)
    log.error('cameras-left-out', { of: cameras.length, shown: shown.length })
  return { ...welcome, cameras: shown }
}

/** A frame has room for some 150 cameras; of more, those that can be watched come first. */
function watchableFirst(cameras: readonly VisibleCamera[]): VisibleCamera[] {
  return cameras.toSorted((a, b) => Number(a.state === 'offline') - Number(b.state === 'offline'))
}

export async function greetDevice(
  backend: Backend,
  sender: Sender,
  hello: DeviceHello,
): Promise<DeviceWelcome | ErrorMessage> {
  if (!ACCEPTED_VERSIONS.includes(hello.protocol)) return versionRefused(hello.protocol)
  const device = sender.principal.id
  const after = await changeDevice(backend, device, (before, now) =>
    greeted(before, device, hello, sender, now),
  )
  backend.log.info('device-hello', { device, connection: sender.connection, holdsAddress: after !== null })
  return { type: 'welcome', protocol: PROTOCOL_VERSION, device }
}

function versionRefused(spoken: number): ErrorMessage {
  return errorMessage('unsupported-version', {
    detail: `this cloud speaks ${ACCEPTED_VERSIONS.join(' and ')}, not ${spoken}`,
  })
}
