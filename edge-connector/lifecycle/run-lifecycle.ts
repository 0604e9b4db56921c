import type { Cancel, Clock } from '../clock/clock.ts'

/** What every lifecycle may ask for: timers by name, which come back as events. */
export type TimerEffect<Timer extends string> =
  | { readonly type: 'start-timer'; readonly timer: Timer; readonly ms: number }
  | { readonly type: 'stop-timer'; readonly timer: Timer }
  | { readonly type: 'stop-timers' }

export interface TimerEvent<Timer extends string> {
  readonly type: 'timer'
  readonly timer: Timer
}

export interface Transition<State, Effect> {
  readonly state: State
  readonly effects: readonly Effect[]
}

export interface Lifecycle<State, Event> {
  state(): State
  dispatch(event: Event): void
}

/**
 * Runs a `step` function: keeps its state, its timers, and the order of events. An event that an effect causes
 * at once waits until the effects before it are done.
 */
export function runLifecycle<
  State,
  Event extends { type: string },
  Effect extends { type: string },
  Timer extends string,
>(run: {
  readonly initial: State
  readonly step: (
    state: State,
    event: Event | TimerEvent<Timer>,
  ) => Transition<State, Effect | TimerEffect<Timer>>
  readonly perform: (effect: Effect) => void
  readonly changed?: (before: State, after: State) => void
  readonly clock: Clock
}): Lifecycle<State, Event> {
  let state = run.initial
  let busy = false
  const queue: (Event | TimerEvent<Timer>)[] = []
  const timers = new Map<Timer, Cancel>()

  const stopTimer = (timer: Timer) => {
    timers.get(timer)?.()
    timers.delete(timer)
  }
  const perform = (effect: Effect | TimerEffect<Timer>) => {
    if (isTimerEffect<Effect, Timer>(effect)) {
      if (effect.type === 'stop-timers') return [...timers.keys()].forEach(stopTimer)
      stopTimer(effect.timer)
      if (effect.type === 'stop-timer') return
      const { timer, ms } = effect
      timers.set(
        timer,
        run.clock.after(ms, () => {
          timers.delete(timer)
          dispatch({ type: 'timer', timer })
        }),
      )
    } else run.perform(effect)
  }
  const dispatch = (event: Event | TimerEvent<Timer>) => {
    queue.push(event)
    if (busy) return
    busy = true
    try {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
        const before = state
        const transition = run.step(before, next)
        state = transition.state
        run.changed?.(before, state)
        transition.effects.forEach(perform)
      }
    } finally {
      busy = false
    }
  }
  return { state: () => state, dispatch }
}

function isTimerEffect<Effect extends { type: string }, Timer extends string>(
  effect: Effect | TimerEffect<Timer>,
): effect is TimerEffect<Timer> {
  return effect.type === 'start-timer' || effect.type === 'stop-timer' || effect.type === 'stop-timers'
}
