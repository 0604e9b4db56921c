/** Loaded before a connector, which is the shipped file and knows nothing of this: how its time passes is asked for. */
export type TimeAsk =
  /** Lets the hours until its next rollover be over now. */
  | { readonly kind: 'roll-over' }
  /** From now on, of timers that run already as well. */
  | { readonly kind: 'pass'; readonly timesAsFast: number }

/** The only thing for which a connector waits an hour or longer is its rollover. */
const LONG_MS = 60 * 60_000

interface Waiting {
  readonly act: () => void
  readonly ms: number
  readonly dueAt: number
  timer: NodeJS.Timeout
}

const { setTimeout: start, clearTimeout: stop } = globalThis
const realNow = performance.now.bind(performance)
/** By the handle that was given out. */
const waiting = new Map<NodeJS.Timeout, Waiting>()
let since = { real: realNow(), played: realNow(), timesAsFast: 1 }

const playedNow = () => since.played + (realNow() - since.real) * since.timesAsFast
performance.now = playedNow

globalThis.setTimeout = Object.assign((run: (...values: unknown[]) => void, ms = 0, ...values: unknown[]) => {
  const act = () => {
    waiting.delete(handle)
    run(...values)
  }
  const handle = start(act, ms / since.timesAsFast)
  waiting.set(handle, { act, ms, dueAt: playedNow() + ms, timer: handle })
  return handle
}, start) as typeof setTimeout
globalThis.clearTimeout = ((handle: NodeJS.Timeout) => {
  stop(waiting.get(handle)?.timer ?? handle)
  waiting.delete(handle)
}) as typeof clearTimeout

function pass(timesAsFast: number): void {
  since = { real: realNow(), played: playedNow(), timesAsFast }
  for (const one of waiting.values()) {
    stop(one.timer)
    one.timer = start(one.act, (one.dueAt - playedNow()) / timesAsFast)
  }
}

function rollOver(): void {
  for (const { act, ms, timer } of [...waiting.values()]) {
    if (ms < LONG_MS) continue
    stop(timer)
    act()
  }
}

process.on('message', (ask: TimeAsk) => {
  if (ask.kind === 'pass') pass(ask.timesAsFast)
  else rollOver()
  process.send?.('done')
})
