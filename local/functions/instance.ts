import { join } from 'node:path'
import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads'
import type { Clock, ClockTimer } from '../clock.ts'
import type { FunctionDescription } from '../template/cloud-description.ts'
import { runtimeExited, timedOut } from './function-error.ts'
import type { EventMessage, InstanceData, InstanceMessage } from './instance-messages.ts'
import { RUNNING } from './instance-messages.ts'
import type { FunctionError, InvocationFault, InvokeResult } from './invocation.ts'

/** Lambda gives the code this long to load, whatever the function's own timeout. */
const INIT_TIMEOUT_MS = 10_000

/**
 * At its limit a worker gets 16 MB more to be ended in (Worker::NearHeapLimit in Node.js); with a larger young
 * generation one collection can need more than that, and then V8 ends the whole process.
 */
const YOUNG_GENERATION_MB = 12

/** Takes a third off a cold start. */
const COMPILE_CACHE_FOLDER = join(import.meta.dirname, '../../node_modules/.cache/mihari-functions')

interface Outcome {
  readonly result: InvokeResult
  readonly reusable: boolean
  readonly durationMs: number
  readonly initMs?: number
}

/** One execution environment: runs one event at a time, and nothing between two events. */
export interface Instance {
  run(requestId: string, event: unknown, fault?: InvocationFault): Promise<Outcome>
  stop(): void
  /** Settles when nothing of it is left. */
  readonly ended: Promise<void>
}

interface InstanceOptions {
  readonly description: FunctionDescription
  readonly environment: Record<string, string>
  readonly clock: Clock
  readonly onLine: (requestId: string, line: string) => void
}

interface Current {
  readonly message: EventMessage
  readonly resolve: (outcome: Outcome) => void
  startedAt: number
  timer: ClockTimer
}

export function startInstance({ description, environment, clock, onLine }: InstanceOptions): Instance {
  const { port1: port, port2 } = new MessageChannel()
  const freezer = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
  const bornAt = performance.now()
  const clockAheadMs = () => clock.now() - Date.now()
  const worker = startWorker(description, environment, { port: port2, freezer, clockAheadMs: clockAheadMs() })
  let initMs: number | undefined
  let loaded = false
  let current: Current | undefined

  function receive(message: InstanceMessage) {
    switch (message.kind) {
      case 'line':
        return onLine(message.requestId, message.line)
      case 'ready':
        loaded = true
        initMs = performance.now() - bornAt
        if (current) hand(current)
        return
      case 'answer':
        return settle({ ok: true, value: JSON.parse(message.json) }, true)
      case 'failure':
        return settle({ ok: false, error: message.error }, true)
      case 'fatal':
        return settle({ ok: false, error: message.error }, false)
      default:
        return message satisfies never
    }
  }

  port.on('message', receive)
  worker.on('error', (error) => {
    const killed = 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
    fail((requestId) => runtimeExited(requestId, killed ? 'signal: killed' : error.message))
  })
  const ended = new Promise<void>((resolve) => {
    worker.on('exit', (code) => {
      // Its last words may still lie in the port.
      for (let last = receiveMessageOnPort(port); last; last = receiveMessageOnPort(port))
        receive(last.message)
      port.close()
      fail((requestId) => runtimeExited(requestId, `exit status ${code}`))
      resolve()
    })
  })

  function hand(invocation: Current) {
    clock.clearTimeout(invocation.timer)
    invocation.startedAt = performance.now()
    invocation.timer = clock.setTimeout(expire, description.timeoutMs)
    port.postMessage(invocation.message)
    Atomics.store(freezer, 0, RUNNING)
    Atomics.notify(freezer, 0)
  }

  function expire() {
    fail((requestId) => timedOut(requestId, loaded ? description.timeoutMs : INIT_TIMEOUT_MS))
    void worker.terminate()
  }

  function fail(error: (requestId: string) => FunctionError) {
    if (current) settle({ ok: false, error: error(current.message.requestId) }, false)
  }

  function settle(result: InvokeResult, reusable: boolean) {
    if (!current) return
    const { resolve, startedAt, timer } = current
    current = undefined
    clock.clearTimeout(timer)
    resolve({
      result,
      reusable,
      durationMs: performance.now() - startedAt,
      ...(initMs === undefined ? {} : { initMs }),
    })
    initMs = undefined
  }

  return {
    run: (requestId, event, fault) =>
      new Promise((resolve) => {
        const message = {
          requestId,
          event: JSON.stringify(event),
          clockAheadMs: clockAheadMs(),
          ...(fault && { fault }),
        }
        const timer = clock.setTimeout(expire, INIT_TIMEOUT_MS)
        current = { message, resolve, startedAt: performance.now(), timer }
        if (loaded) hand(current)
      }),
    stop() {
      fail((requestId) => runtimeExited(requestId, 'signal: terminated'))
      void worker.terminate()
    },
    ended,
  }
}

function startWorker(
  description: FunctionDescription,
  env: Record<string, string>,
  birth: Pick<InstanceData, 'port' | 'freezer' | 'clockAheadMs'>,
): Worker {
  const { codeFolder, handler, name, arn, memoryMb, timeoutMs } = description
  const workerData: InstanceData = {
    ...birth,
    codeFolder,
    handler,
    functionName: name,
    functionArn: arn,
    memoryMb,
    timeoutMs,
  }
  return new Worker(new URL('./instance-worker.ts', import.meta.url), {
    name,
    env: { ...env, NODE_COMPILE_CACHE: COMPILE_CACHE_FOLDER },
    argv: [],
    execArgv: [],
    // Kept off this process's own streams; the function's output comes over the port.
    stdout: true,
    stderr: true,
    resourceLimits: {
      // What Lambda's runtime gives it.
      maxOldGenerationSizeMb: Math.floor(memoryMb * 0.9),
      maxYoungGenerationSizeMb: YOUNG_GENERATION_MB,
    },
    workerData,
    transferList: [birth.port],
  })
}
