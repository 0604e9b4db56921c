import { randomUUID } from 'node:crypto'
import { availableParallelism } from 'node:os'
import type { Clock } from '../clock.ts'
import type { FunctionDescription } from '../template/cloud-description.ts'
import { createCredentials } from './credentials.ts'
import { functionEnvironment } from './function-environment.ts'
import { type Instance, startInstance } from './instance.ts'
import {
  emptySchedule,
  type SchedulerEffect,
  type SchedulerEvent,
  stepSchedule,
} from './instance-scheduler.ts'
import type {
  FunctionLogLine,
  InvocationFault,
  InvocationReport,
  Invoke,
  InvokeResult,
} from './invocation.ts'

const IDLE_LIFETIME_MS = 10 * 60_000
const REAP_INTERVAL_MS = 60_000

/** More instances than this cost throughput instead of adding to it. */
const INSTANCE_LIMIT = availableParallelism() + 4

export interface FunctionsOptions {
  readonly descriptions: readonly FunctionDescription[]
  /** Where the AWS SDK inside the functions is led, for every service. */
  readonly servicesUrl: string
  readonly clock: Clock
  readonly onLine: (line: FunctionLogLine) => void
  readonly onReport: (report: InvocationReport) => void
  readonly instanceLimit?: number
}

export interface Functions {
  readonly invoke: Invoke
  /** The function whose credentials contain this access key id. */
  callerOf(accessKeyId: string): FunctionDescription | undefined
  /** Every instance is used for what it runs, and no more. Settles when nothing is left of them. */
  retireInstances(): Promise<void>
  close(): Promise<void>
}

interface Deployed {
  readonly description: FunctionDescription
  readonly environment: Record<string, string>
}

interface Pending {
  readonly description: FunctionDescription
  readonly event: unknown
  readonly fault: InvocationFault | undefined
  readonly resolve: (result: InvokeResult) => void
}

export function createFunctions(options: FunctionsOptions): Functions {
  const { clock, onLine, onReport } = options
  const deployed = new Map<string, Deployed>()
  const callers = new Map<string, FunctionDescription>()
  for (const description of options.descriptions) {
    const credentials = createCredentials()
    const environment = functionEnvironment(description, credentials, options.servicesUrl)
    deployed.set(description.arn, { description, environment })
    callers.set(credentials.accessKeyId, description)
  }

  let schedule = emptySchedule(options.instanceLimit ?? INSTANCE_LIMIT)
  let nextInvocation = 1
  let closed = false
  /** Those up to this number are not used again. */
  let retired = 0
  const instances = new Map<number, Instance>()
  // Also those that are no longer used but not yet gone.
  const existing = new Set<Instance>()
  const invocations = new Map<number, Pending>()
  let reaper = clock.setTimeout(reap, REAP_INTERVAL_MS)

  function reap() {
    dispatch({ kind: 'reap', idleBefore: clock.now() - IDLE_LIFETIME_MS })
    reaper = clock.setTimeout(reap, REAP_INTERVAL_MS)
  }

  function dispatch(event: SchedulerEvent) {
    const step = stepSchedule(schedule, event)
    schedule = step.state
    for (const effect of step.effects) perform(effect)
  }

  function perform(effect: SchedulerEffect) {
    switch (effect.kind) {
      case 'start':
        return start(effect.instance, effect.functionArn)
      case 'run':
        return void run(effect.instance, effect.invocation)
      case 'stop':
        instances.get(effect.instance)?.stop()
        instances.delete(effect.instance)
        return
      default:
        return effect satisfies never
    }
  }

  function start(id: number, functionArn: string) {
    const found = deployed.get(functionArn)
    if (!found) return
    const { description, environment } = found
    const log = (requestId: string, line: string) => onLine({ function: description.name, requestId, line })
    const instance = startInstance({ description, environment, clock, onLine: log })
    instances.set(id, instance)
    existing.add(instance)
    void instance.ended.then(() => existing.delete(instance))
  }

  async function run(id: number, invocationId: number) {
    const invocation = invocations.get(invocationId)
    const instance = instances.get(id)
    if (!invocation || !instance) return
    invocations.delete(invocationId)
    const requestId = randomUUID()
    const { event, fault } = invocation
    const outcome = await instance.run(requestId, event, fault)
    const { result, durationMs, initMs } = outcome
    const reusable = outcome.reusable && id > retired
    if (outcome.reusable && !reusable) instance.stop()
    if (!reusable) instances.delete(id)
    invocation.resolve(result)
    const { name, memoryMb } = invocation.description
    const report = { function: name, requestId, memoryMb, durationMs }
    onReport(initMs === undefined ? report : { ...report, initMs })
    if (!closed) dispatch({ kind: 'finished', instance: id, reusable, at: clock.now() })
  }

  const allEnded = () => Promise.all([...existing].map(({ ended }) => ended))

  return {
    invoke(functionArn, event, fault) {
      const description = deployed.get(functionArn)?.description
      if (!description) return Promise.resolve(unavailable(`Function not found: ${functionArn}`))
      if (closed) return Promise.resolve(unavailable('The service is shutting down'))
      const invocation = nextInvocation++
      return new Promise((resolve) => {
        invocations.set(invocation, { description, event, fault, resolve })
        dispatch({ kind: 'invoke', invocation, functionArn })
      })
    },
    callerOf: (accessKeyId) => callers.get(accessKeyId),
    async retireInstances() {
      retired = schedule.nextInstance - 1
      dispatch({ kind: 'reap', idleBefore: Number.POSITIVE_INFINITY })
      await allEnded()
    },
    async close() {
      closed = true
      clock.clearTimeout(reaper)
      for (const { resolve } of invocations.values()) resolve(unavailable('The service is shutting down'))
      invocations.clear()
      for (const instance of existing) instance.stop()
      await allEnded()
    },
  }
}

function unavailable(errorMessage: string): InvokeResult {
  return { ok: false, error: { errorType: 'ServiceException', errorMessage } }
}
