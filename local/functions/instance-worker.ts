import { subscribe } from 'node:diagnostics_channel'
import type { ClientRequest } from 'node:http'
import { workerData } from 'node:worker_threads'
import { captureOutput } from './capture-output.ts'
import { installCloudDate, setCloudTime } from './cloud-date.ts'
import { functionError } from './function-error.ts'
import type { EventMessage, InstanceData, InstanceMessage } from './instance-messages.ts'
import { FROZEN } from './instance-messages.ts'
import type { FunctionError } from './invocation.ts'
import { type Handler, loadHandler } from './load-handler.ts'

const data = workerData as InstanceData
let requestId = ''

const output = captureOutput((line) => post({ kind: 'line', requestId, line }))
// As in Lambda's runtime, what nobody catches ends the instance.
process.on('uncaughtException', (error) => exitWith(functionError(error)))
process.on('unhandledRejection', (reason) =>
  exitWith({ ...functionError(reason), errorType: 'Runtime.UnhandledPromiseRejection' }),
)

installCloudDate()
setCloudTime(data.clockAheadMs)
try {
  const handler = await loadHandler(data.codeFolder, data.handler)
  data.port.on('message', (message: EventMessage) => void answer(handler, message))
  post({ kind: 'ready' })
} catch (error) {
  exitWith(functionError(error))
}

async function answer(handler: Handler, message: EventMessage) {
  requestId = message.requestId
  setCloudTime(message.clockAheadMs)
  if (message.fault === 'dies-before-post') exitBeforePost()
  const reply = await run(handler, message)
  if (reply.kind === 'failure') process.stderr.write(`${JSON.stringify(reply.error)}\n`)
  output.flush()
  // Before the answer is out, so that the next event's thaw cannot come first and be lost.
  Atomics.store(data.freezer, 0, FROZEN)
  post(reply)
  Atomics.wait(data.freezer, 0, FROZEN)
}

async function run(handler: Handler, message: EventMessage): Promise<InstanceMessage> {
  try {
    const value = await handler(JSON.parse(message.event), contextOf(message.requestId))
    return { kind: 'answer', json: JSON.stringify(value) ?? 'null' }
  } catch (error) {
    return { kind: 'failure', error: functionError(error) }
  }
}

/** As when the machine below is lost after the function has written and before it has told anybody. */
function exitBeforePost() {
  const doomed = requestId
  subscribe('http.client.request.created', (published) => {
    const { method, path } = (published as { readonly request: ClientRequest }).request
    if (requestId === doomed && method === 'POST' && path.includes('/@connections/')) process.exit(1)
  })
}

function contextOf(awsRequestId: string) {
  const deadline = performance.now() + data.timeoutMs
  return {
    functionName: data.functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: data.functionArn,
    memoryLimitInMB: String(data.memoryMb),
    logGroupName: process.env['AWS_LAMBDA_LOG_GROUP_NAME'],
    logStreamName: process.env['AWS_LAMBDA_LOG_STREAM_NAME'],
    awsRequestId,
    getRemainingTimeInMillis: () => Math.max(0, Math.round(deadline - performance.now())),
  }
}

function exitWith(error: FunctionError) {
  process.stderr.write(`${JSON.stringify(error)}\n`)
  output.flush()
  post({ kind: 'fatal', error })
  process.exit(129)
}

function post(message: InstanceMessage) {
  data.port.postMessage(message)
}
