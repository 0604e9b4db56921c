import type { FunctionError } from './invocation.ts'

/** What Lambda's Node.js runtime makes of something thrown. */
export function functionError(thrown: unknown): FunctionError {
  if (!(thrown instanceof Error)) {
    return { errorType: typeof thrown, errorMessage: String(thrown), trace: [] }
  }
  const trace = thrown.stack?.split('\n') ?? []
  return { errorType: thrown.name, errorMessage: thrown.message, trace }
}

/** `seconds` as Lambda words them: two digits after the point. */
export function timedOut(requestId: string, timeoutMs: number): FunctionError {
  return {
    errorType: 'Sandbox.Timedout',
    errorMessage: `RequestId: ${requestId} Error: Task timed out after ${(timeoutMs / 1000).toFixed(2)} seconds`,
  }
}

export function runtimeExited(requestId: string, how: string): FunctionError {
  return {
    errorType: 'Runtime.ExitError',
    errorMessage: `RequestId: ${requestId} Error: Runtime exited with error: ${how}`,
  }
}
