/** The context (`-c name=value`) is not what it must be; the message says what to type. */
export class ContextError extends Error {
  override readonly name = 'ContextError'
}
