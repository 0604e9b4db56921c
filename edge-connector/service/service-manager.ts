import { execFile } from 'node:child_process'
import type { Cancel, Clock } from '../clock/clock.ts'
import type { LinkStanding } from '../cloud/link-state.ts'
import type { Log } from '../log/log.ts'

const SYSTEMD_NOTIFY = 'systemd-notify'
/** One that hangs must not leave another behind each time. */
const COMMAND_TIMEOUT_MS = 5_000
const SAY_AGAIN_MS = 5_000

const STATUS: Readonly<Record<LinkStanding, string>> = {
  up: 'the cloud is up',
  unpaired: 'the cloud is up, but this device is not paired',
  down: 'the cloud is down; running pictures go on',
}

/** Who started this program, and starts it again when it hangs. */
export interface ServiceManager {
  /** The first call also says that the start is over: a home without a line is no reason to start again. */
  standing(standing: LinkStanding): void
  stopping(): void
}

/** `done`: with what went wrong, or null. */
type Tell = (words: readonly string[], done: (failure: string | null) => void) => void

/** Node has no datagram sockets of the kind, so a program of systemd speaks; its service file allows that. */
export const systemdNotify: Tell = (words, done) => {
  try {
    execFile(SYSTEMD_NOTIFY, words, { timeout: COMMAND_TIMEOUT_MS }, (error) => done(error?.message ?? null))
  } catch (error) {
    // Of some failures, as of too little memory for a process more, Node tells in this way.
    done(String(error))
  }
}

export interface ServiceManagerPorts {
  readonly tell: Tell
  readonly env: NodeJS.ProcessEnv
  readonly pid: number
  readonly clock: Clock
  readonly log: Log
}

/** Tells systemd, where that wants to be told. */
export function createServiceManager({ tell, env, pid, clock, log }: ServiceManagerPorts): ServiceManager {
  if (!env['NOTIFY_SOCKET']) return { standing() {}, stopping() {} }
  let present: LinkStanding | null = null
  let over = false
  let noted = false

  /** A word that is not heard is said once more a little later, as it is then, unless the like was said meanwhile. */
  const createWord = (words: () => readonly string[]) => {
    let cancel: Cancel = () => {}
    const say = () => {
      cancel()
      if (over) return
      tell(words(), (failure) => {
        if (failure === null) return
        note(failure)
        cancel()
        cancel = clock.after(SAY_AGAIN_MS, say)
      })
    }
    return say
  }
  const note = (failure: string) => {
    if (noted) return
    noted = true
    const message = 'the service manager cannot be told how this goes; is systemd-notify there?'
    log('warn', 'service-manager', message, { failure })
  }
  /** That it is ready changes nothing when it is said again, and the first time may not have been heard. */
  const sayStanding = createWord(() => ['READY=1', `STATUS=${STATUS[present ?? 'down']}`])
  const sayAlive = createWord(() => ['WATCHDOG=1'])
  const watchdogMs = watchdogIntervalMs(env, pid)
  /** By a timer of the event loop: when that stands still, so does this. */
  const keepAlive = (everyMs: number) => {
    if (over) return
    sayAlive()
    clock.after(everyMs, () => keepAlive(everyMs))
  }

  return {
    standing(standing) {
      const first = present === null
      present = standing
      sayStanding()
      if (first && watchdogMs !== null) keepAlive(watchdogMs)
    },
    stopping() {
      if (over) return
      over = true
      tell(['STOPPING=1', 'STATUS=hanging up'], (failure) => {
        if (failure !== null) note(failure)
      })
    },
  }
}

/**
 * A quarter of the time within which systemd wants a sign of life, so that one may be lost; null when it wants none of
 * this process.
 */
function watchdogIntervalMs(env: NodeJS.ProcessEnv, pid: number): number | null {
  const microseconds = Number(env['WATCHDOG_USEC'])
  const meant = env['WATCHDOG_PID'] ?? String(pid)
  return microseconds > 0 && meant === String(pid) ? microseconds / 4_000 : null
}
