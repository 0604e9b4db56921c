import { answerParent, heapUsed } from './answer-parent.ts'

/** Loaded before a connector, which is the shipped file and knows nothing of this. */
export type ConnectorAsk =
  | { readonly kind: 'heap' }
  /** Lets the hours until its next rollover be over now. */
  | { readonly kind: 'roll-over' }

const LONG_MS = 60 * 60_000

/** The only thing for which a connector waits an hour or longer is its rollover. */
const waiting = new Map<NodeJS.Timeout, () => void>()
const platformSet = globalThis.setTimeout
const platformClear = globalThis.clearTimeout

globalThis.setTimeout = Object.assign(
  (run: (...values: unknown[]) => void, ms?: number, ...values: unknown[]) => {
    const act = () => {
      waiting.delete(timer)
      run(...values)
    }
    const timer = platformSet(act, ms)
    if ((ms ?? 0) >= LONG_MS) waiting.set(timer, act)
    return timer
  },
  platformSet,
) as typeof setTimeout
globalThis.clearTimeout = ((timer) => {
  waiting.delete(timer as NodeJS.Timeout)
  platformClear(timer)
}) as typeof clearTimeout

answerParent<ConnectorAsk>((ask) => {
  switch (ask.kind) {
    case 'heap':
      return heapUsed()
    case 'roll-over': {
      const due = [...waiting]
      for (const [timer, act] of due) {
        platformClear(timer)
        act()
      }
      return due.length
    }
  }
})
