import { doneReply, refusedReply } from '../../../protocol/reply.ts'
import type { DeviceRequest } from '../../../protocol/request.ts'
import type { Backend } from '../backend.ts'
import { lastWord, type Outcome, say } from '../outcome.ts'
import { startPairing } from '../pairing/start-pairing.ts'
import { turnAway } from '../pairing/turn-away.ts'
import type { Device, Sender } from '../principal.ts'

export async function answerDevice(
  backend: Backend,
  sender: Sender<Device>,
  { id, ask }: DeviceRequest,
): Promise<Outcome> {
  const result = await startPairing(backend, sender, ask)
  if (result.kind === 'done') return say(doneReply<'start-pairing'>(id, result.answer))
  const refusal = refusedReply(id, result.code, result.detail)
  // Others have its place by now.
  if (result.code === 'too-many-unpaired') return lastWord(backend, sender.connection, refusal)
  return turnAway(backend, sender, refusal)
}
