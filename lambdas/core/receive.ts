import type { FromDevice, FromViewer } from '../../protocol/directions.ts'
import { type ErrorMessage, errorMessage } from '../../protocol/error.ts'
import { MAX_FRAME_BYTES, type Parsed, parseFromDevice, parseFromViewer } from '../../protocol/frame.ts'
import { refusedReply } from '../../protocol/reply.ts'
import type { Backend } from './backend.ts'
import { placeCall } from './calls/place-call.ts'
import { relayToHost, relayToViewer } from './calls/relay.ts'
import { resumeCall } from './calls/resume-call.ts'
import { greetDevice } from './devices/greet-device.ts'
import { takeStatus } from './devices/take-status.ts'
import { dismissal, type Outcome, say } from './outcome.ts'
import { turnAway } from './pairing/turn-away.ts'
import type { Device, Nobody, Principal, Sender, ViewerPrincipal } from './principal.ts'
import { answerDevice } from './requests/answer-device.ts'
import { answerViewer } from './requests/answer-viewer.ts'
import { greetViewer } from './viewers/greet-viewer.ts'

/** One frame of a client: does what it asks, and answers its sender where there is something to answer. */
export async function receive(backend: Backend, sender: Sender, frame: string): Promise<void> {
  const outcome = await outcomeOf(backend, sender, frame)
  if (outcome === null) return
  // A sender that has left meanwhile has nobody to tell. One that cannot be told fails the event: the gateway says so.
  try {
    await backend.connections.post(sender.connection, outcome.say)
  } finally {
    await outcome.afterwards?.()
  }
}

function outcomeOf(backend: Backend, { principal, ...at }: Sender, frame: string): Promise<Outcome> {
  switch (principal.kind) {
    case 'person':
    case 'guest':
      return act(backend, { principal, ...at }, read(frame, parseFromViewer), fromViewer, refuseViewer)
    case 'device':
      return act(backend, { principal, ...at }, read(frame, parseFromDevice), fromDevice, turnAway)
    case 'nobody':
      return Promise.resolve(sendAway(backend, { principal, ...at }))
  }
}

/** The gateway bounds each WebSocket frame, and puts several that are one message together. */
function read<Message>(frame: string, parse: (frame: string) => Parsed<Message>): Parsed<Message> {
  if (new TextEncoder().encode(frame).length <= MAX_FRAME_BYTES) return parse(frame)
  return { ok: false, error: { code: 'bad-message', detail: `longer than ${MAX_FRAME_BYTES} bytes` } }
}

async function act<Kind extends Principal, Message extends { readonly type: string }>(
  backend: Backend,
  sender: Sender<Kind>,
  parsed: Parsed<Message>,
  handle: (backend: Backend, sender: Sender<Kind>, message: Message) => Promise<Outcome>,
  refuse: (backend: Backend, sender: Sender<Kind>, refusal: ErrorMessage) => Promise<Outcome>,
): Promise<Outcome> {
  if (!parsed.ok) return refuse(backend, sender, errorMessage(parsed.error.code, parsed.error))
  const { message } = parsed
  try {
    return await handle(backend, sender, message)
  } catch (error) {
    backend.log.error('message-failed', { type: message.type, connection: sender.connection, error })
    if (message.type === 'request' && 'id' in message && typeof message.id === 'string') {
      return say(refusedReply(message.id, 'internal'))
    }
    const call = 'call' in message && typeof message.call === 'string' ? message.call : undefined
    return say(errorMessage('internal', { call }))
  }
}

async function refuseViewer(_backend: Backend, _sender: Sender<ViewerPrincipal>, refusal: ErrorMessage) {
  return say(refusal)
}

async function fromViewer(
  backend: Backend,
  sender: Sender<ViewerPrincipal>,
  message: FromViewer,
): Promise<Outcome> {
  switch (message.type) {
    case 'hello':
      return greetViewer(backend, sender, message)
    case 'call':
      return placeCall(backend, sender, message)
    case 'resume':
      return resumeCall(backend, sender, message)
    case 'request':
      return answerViewer(backend, sender, message)
    default:
      return relayToHost(backend, sender, message)
  }
}

async function fromDevice(backend: Backend, sender: Sender<Device>, message: FromDevice): Promise<Outcome> {
  switch (message.type) {
    case 'hello':
      return greetDevice(backend, sender, message)
    case 'status':
      return takeStatus(backend, sender, message)
    case 'request':
      return answerDevice(backend, sender, message)
    default: {
      const refusal = await relayToViewer(backend, sender.principal.id, message)
      return refusal === 'not-paired'
        ? turnAway(backend, sender, errorMessage(refusal, { call: message.call }))
        : say(refusal)
    }
  }
}

/** Whose credential was good once learns why it is not, which a refused handshake could not say [R30]. */
function sendAway(backend: Backend, { principal: { reason }, connection }: Sender<Nobody>): Outcome {
  return dismissal(backend, connection, reason, reason === 'clock-wrong' ? { now: backend.now() } : {})
}
