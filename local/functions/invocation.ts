/** What Lambda answers when a function fails: never more than this reaches a caller. */
export interface FunctionError {
  readonly errorType: string
  readonly errorMessage: string
  readonly trace?: readonly string[]
}

export type InvokeResult =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly error: FunctionError }

/** `dies-before-post`: the instance ends when the function is about to call @connections. */
export type InvocationFault = 'dies-before-post'

export type Invoke = (functionArn: string, event: unknown, fault?: InvocationFault) => Promise<InvokeResult>

/** What one invocation cost, as Lambda's REPORT line says it. */
export interface InvocationReport {
  readonly function: string
  readonly requestId: string
  readonly memoryMb: number
  readonly durationMs: number
  /** Present when the invocation had to wait for a new instance to load its code. */
  readonly initMs?: number
}

export interface FunctionLogLine {
  readonly function: string
  /** Empty while the code is loaded. */
  readonly requestId: string
  readonly line: string
}
