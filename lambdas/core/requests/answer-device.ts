import { doneReply, refusedReply } from '../../../protocol/reply.ts'
import type { DeviceRequest } from '../../../protocol/request.ts'
import type { Backend } from '../backend.ts'
import { type Outcome, say } from '../outcome.ts'
import { startPairing } from '../pairing/start-pairing.ts'
import type { Device, Sender } from '../principal.ts'

export async function answerDevice(
  backend: Backend,
  sender: Sender<Device>,
  { id, ask }: DeviceRequest,
): Promise<Outcome> {
  const result = await startPairing(backend, sender, ask)
  return say(
    result.kind === 'done'
      ? doneReply<'start-pairing'>(id, result.answer)
      : refusedReply(id, result.code, result.detail),
  )
}
