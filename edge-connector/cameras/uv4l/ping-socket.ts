import type { Cancel, Clock } from '../../clock/clock.ts'

export const PING_INTERVAL_MS = 20_000
export const PONG_TIMEOUT_MS = 15_000

/**
 * Whether one camera answers, learnt from all its sessions. Every WebSocket server has to, but no page says that UV4L
 * does, and no browser ever sends a ping: it is asked once, and never again when it does not answer, or closes.
 */
export interface PingHabits {
  answers: 'unknown' | 'yes' | 'no'
}

export function unknownHabits(): PingHabits {
  return { answers: 'unknown' }
}

/** As much of a WebSocket as it takes. */
export interface Pingable {
  ping(): void
  on(event: 'pong' | 'message', listener: () => void): unknown
}

/**
 * Notices a camera that hangs while its machine still keeps the connection. `dead` is called at most once, and only
 * for a camera that has answered before.
 */
export function pingSocket(socket: Pingable, habits: PingHabits, clock: Clock, dead: () => void): Cancel {
  let stopped = false
  let cancel: Cancel = () => {}
  const wait = () => {
    if (stopped) return
    cancel()
    cancel = clock.after(PING_INTERVAL_MS, ping)
  }
  const ping = () => {
    const { answers } = habits
    if (answers === 'no') return
    if (answers === 'unknown') habits.answers = 'no'
    else cancel = clock.after(PONG_TIMEOUT_MS, dead)
    socket.ping()
  }
  socket.on('pong', () => {
    habits.answers = 'yes'
    wait()
  })
  socket.on('message', wait)
  wait()
  return () => {
    stopped = true
    cancel()
  }
}
