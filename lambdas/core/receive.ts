import type { FromDevice, FromViewer, ToDevice, ToViewer } from '../../protocol/directions.ts'
import { errorMessage } from '../../protocol/error.ts'
import { type Parsed, parseFromDevice, parseFromViewer } from '../../protocol/frame.ts'
import type { Backend } from './backend.ts'
import { placeCall } from './call.ts'
import { changeDevice } from './change-device.ts'
import { reported } from './device-state.ts'
import { greetDevice, greetViewer } from './hello.ts'
import type { Sender } from './principal.ts'
import { relayToHost, relayToViewer } from './relay.ts'

type Reply = ToViewer | ToDevice | null

/** One frame of a client: does what it asks, and answers its sender where there is something to answer. */
export async function receive(backend: Backend, sender: Sender, frame: string): Promise<void> {
  const reply =
    sender.principal.kind === 'viewer'
      ? await replyTo(backend, sender, parseFromViewer(frame), fromViewer)
      : await replyTo(backend, sender, parseFromDevice(frame), fromDevice)
  // A sender that has left meanwhile has nobody to tell. One that cannot be told fails the event: the gateway says so.
  if (reply !== null) await backend.post.post(sender.connection, reply)
}

async function replyTo<Message extends { readonly type: string }>(
  backend: Backend,
  sender: Sender,
  parsed: Parsed<Message>,
  act: (backend: Backend, sender: Sender, message: Message) => Promise<Reply>,
): Promise<Reply> {
  if (!parsed.ok) return errorMessage(parsed.error.code, parsed.error)
  const { message } = parsed
  try {
    return await act(backend, sender, message)
  } catch (error) {
    backend.log.error('message-failed', { type: message.type, connection: sender.connection, error })
    const call = 'call' in message && typeof message.call === 'string' ? message.call : undefined
    return errorMessage('internal', { call })
  }
}

function fromViewer(backend: Backend, sender: Sender, message: FromViewer): Promise<Reply> {
  if (message.type === 'hello') return greetViewer(backend, sender, message)
  if (message.type === 'call') return placeCall(backend, sender, message)
  return relayToHost(backend, sender, message)
}

async function fromDevice(backend: Backend, sender: Sender, message: FromDevice): Promise<Reply> {
  const device = sender.principal.id
  if (message.type === 'hello') return greetDevice(backend, sender, message)
  if (message.type !== 'status') return relayToViewer(backend, device, message)
  await changeDevice(backend, device, (before, now) =>
    before === null ? null : reported(before, message.cameras, sender.connection, now),
  )
  return null
}
