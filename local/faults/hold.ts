import type { Clock, ClockTimer } from '../clock.ts'

/** Holds back what crosses, and keeps its order. */
export interface Hold {
  /** At `releaseAt` at the earliest, and not before what came before it. */
  carry(releaseAt: number, deliver: () => void): void
  release(): void
}

export function createHold(clock: Clock): Hold {
  let held: { readonly dueAt: number; readonly deliver: () => void }[] = []
  let timer: ClockTimer | undefined

  function deliverDue() {
    timer = undefined
    for (let [next] = held; next && next.dueAt <= clock.now(); [next] = held) {
      held.shift()
      next.deliver()
    }
    const [next] = held
    if (next) timer = clock.setTimeout(deliverDue, next.dueAt - clock.now())
  }

  return {
    carry(releaseAt, deliver) {
      const dueAt = Math.max(releaseAt, held.at(-1)?.dueAt ?? releaseAt)
      if (held.length === 0 && dueAt <= clock.now()) return deliver()
      held.push({ dueAt, deliver })
      timer ??= clock.setTimeout(deliverDue, dueAt - clock.now())
    },
    release() {
      held = held.map(({ deliver }) => ({ dueAt: clock.now(), deliver }))
      if (timer) clock.clearTimeout(timer)
      deliverDue()
    },
  }
}
