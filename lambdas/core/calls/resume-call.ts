import { errorMessage } from '../../../protocol/error.ts'
import { splitCameraId } from '../../../protocol/identifiers.ts'
import type { Resume } from '../../../protocol/resume.ts'
import type { Backend } from '../backend.ts'
import { type Outcome, say } from '../outcome.ts'
import type { Sender, ViewerPrincipal } from '../principal.ts'
import { callKey } from '../routes-cache.ts'
import { deliverToDevice } from './deliver.ts'
import { hangUp } from './end-calls.ts'
import { endOfCall } from './end-of-call.ts'
import { readCall } from './find-call.ts'

/**
 * Moves the call to the connection that its viewer speaks on from now [R47]. It is read in any case: of one that is
 * over the viewer, who was away, learns how it ended; of one that may not go on, that it ends now.
 */
export async function resumeCall(
  backend: Backend,
  { principal, connection, connectedAt }: Sender<ViewerPrincipal>,
  message: Resume,
): Promise<Outcome> {
  const { store, cache, now } = backend
  const { call, camera } = message
  const { device } = splitCameraId(camera)
  const unknown = say(errorMessage('unknown-call', { call }))
  const { call: known, lapsed } = await readCall(backend, device, call)
  if (known === null || known.viewer !== principal.id || known.camera !== camera) return unknown
  if (known.state === 'ended') return say(endOfCall(known))

  const movedAt = now()
  const to = { viewerConnection: connection, viewerConnectedAt: connectedAt }
  const current =
    (await store.moveCall({ call, camera, viewer: principal.id, ...to })) ??
    (await store.getCall(device, call))
  if (current === null) return unknown
  cache.calls.set(callKey(device, call), current, movedAt)
  if (current.state === 'ended') return say(endOfCall(current))
  if (lapsed !== null) {
    await hangUp(backend, current, lapsed)
    return null
  }
  const delivered = await deliverToDevice(backend, device, message)
  return delivered === 'gone' ? say(errorMessage('peer-gone', { call })) : null
}
