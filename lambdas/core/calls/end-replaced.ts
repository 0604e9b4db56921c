import { splitCameraId } from '../../../protocol/identifiers.ts'
import type { Backend } from '../backend.ts'
import type { Sender, ViewerPrincipal } from '../principal.ts'
import type { Right } from '../rights.ts'
import { endCall } from './end-calls.ts'
import { findCall } from './find-call.ts'
import { noteOver } from './note-over.ts'
import { tellOwners } from './watching.ts'

/**
 * Ends the viewer's earlier call to the camera that a new one replaces [R48], once the host has the new one: its
 * session there ends with that. One of somebody else, or to another camera, is let be.
 */
export async function endReplaced(
  backend: Backend,
  sender: Sender<ViewerPrincipal>,
  replaced: { readonly call: string; readonly camera: string },
  right: Right,
): Promise<void> {
  const { device } = splitCameraId(replaced.camera)
  let { call } = await findCall(backend, device, replaced.call)
  if (call === null) {
    // Its `call` may be on its way still.
    if ((await noteOver(backend, sender, replaced, right)) !== 'retried') return
    call = await backend.store.getCall(device, replaced.call)
  }
  const own = call?.viewer === sender.principal.id && call.camera === replaced.camera
  if (call === null || !own || call.state === 'ended') return
  const ended = await endCall(backend, call, 'called-again')
  if (ended !== null) await tellOwners(backend, ended)
}
