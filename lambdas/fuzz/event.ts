import type { FromDevice, FromViewer, ToDevice, ToViewer } from '../../protocol/directions.ts'
import { parseFromDevice, parseFromViewer } from '../../protocol/frame.ts'
import type { ModelConnection, Who } from './model.ts'

/** One thing that reached the function: a frame of a client, or the word that its connection is over. */
export interface ModelEvent {
  readonly at: number
  readonly from: ModelConnection
  readonly message: FromViewer | FromDevice | null
  readonly kind: 'message' | 'disconnect'
}

export interface ModelPost {
  readonly to: ModelConnection
  readonly message: ToViewer | ToDevice
}

/** What the frame means, coming from this sender; null when it may not be said, or is none of the protocol. */
export function meaningOf(who: Who, frame: string): FromViewer | FromDevice | null {
  if (who.kind === 'nobody') return null
  const parsed = who.kind === 'device' ? parseFromDevice(frame) : parseFromViewer(frame)
  return parsed.ok ? parsed.message : null
}

/** The call whose place it takes. One that names itself takes nobody’s [R48]. */
export function replacedBy(message: ModelEvent['message']): string | undefined {
  return message?.type === 'call' && message.replaces !== message.call ? message.replaces : undefined
}

type Request = Extract<FromViewer | FromDevice, { type: 'request' }>

/** What the event asks for, when it is a request for this operation. */
export function asked<Op extends Request['ask']['op']>(
  { message }: ModelEvent,
  op: Op,
): Extract<Request['ask'], { op: Op }> | null {
  if (message?.type !== 'request' || message.ask.op !== op) return null
  return message.ask as Extract<Request['ask'], { op: Op }>
}
