import { setFlagsFromString } from 'node:v8'

/** Answers what the parent asks over the channel that this process was started with. */
export function answerParent<Ask>(answer: (ask: Ask) => unknown): void {
  process.on('message', (message: unknown) => {
    if (typeof message !== 'object' || message === null || !('id' in message) || !('ask' in message)) return
    const { id } = message
    const reply = (result: object) => void process.send?.({ id, ...result })
    Promise.resolve()
      .then(() => answer(message.ask as Ask))
      .then(
        (answered) => reply({ answer: answered ?? null }),
        (error: unknown) => reply({ error: error instanceof Error ? error.message : String(error) }),
      )
  })
}

/** V8 lets go of what it has compiled of a function when so many collections have found it unused. */
const COLLECTIONS = 4

/**
 * Of this process in bytes, after a forced collection that drops compiled code too, which otherwise grows for hours
 * though nothing more is held; it has to be started with `--expose-gc`.
 */
export function heapUsed(): number {
  if (globalThis.gc === undefined) throw new Error('started without --expose-gc')
  setFlagsFromString('--flush-baseline-code')
  setFlagsFromString('--stress-flush-code')
  for (let done = 0; done < COLLECTIONS; done += 1) {
    globalThis.gc({ type: 'major', execution: 'sync', flavor: 'last-resort' })
  }
  setFlagsFromString('--no-stress-flush-code')
  return process.memoryUsage().heapUsed
}
