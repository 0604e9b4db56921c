import type { MessagePort } from 'node:worker_threads'
import type { FunctionError, InvocationFault } from './invocation.ts'

/** What an instance is born with. */
export interface InstanceData {
  readonly port: MessagePort
  /** One cell: `FROZEN` while nothing may run, `RUNNING` otherwise. */
  readonly freezer: Int32Array<SharedArrayBuffer>
  readonly codeFolder: string
  readonly handler: string
  readonly functionName: string
  readonly functionArn: string
  readonly memoryMb: number
  readonly timeoutMs: number
  readonly clockAheadMs: number
}

export const RUNNING = 0
export const FROZEN = 1

export interface EventMessage {
  readonly requestId: string
  /** JSON, so that nothing but what Lambda would hand over reaches the function. */
  readonly event: string
  /** How far the cloud's clock is ahead of this machine's. */
  readonly clockAheadMs: number
  readonly fault?: InvocationFault
}

export type InstanceMessage =
  | { readonly kind: 'line'; readonly requestId: string; readonly line: string }
  | { readonly kind: 'ready' }
  | { readonly kind: 'answer'; readonly json: string }
  | { readonly kind: 'failure'; readonly error: FunctionError }
  /** Nothing of the instance can be used again. */
  | { readonly kind: 'fatal'; readonly error: FunctionError }
