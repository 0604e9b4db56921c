export const LOG_LEVELS = ['error', 'warn', 'info', 'debug'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]

/** Every event there is, each explained by its `message`; README.md lists them. */
export const LOG_EVENTS = [
  'started',
  'stopping',
  'service-manager',
  'failed',
  'replaced',
  'cloud-up',
  'cloud-down',
  'cloud-next',
  'cloud-lost',
  'cloud-refused',
  'cloud-error',
  'cloud-garbled',
  'cloud-frame',
  'clock-wrong',
  'unpaired',
  'pairing',
  'paired',
  'camera-state',
  'camera-certificate',
  'camera-socket',
  'camera-frame',
  'call-opening',
  'call-calling',
  'call-offering',
  'call-offered',
  'call-answered',
  'call-ended',
  'call-asked',
  'call-refused',
  'call-note',
] as const
type LogEvent = (typeof LOG_EVENTS)[number]

type LogFields = Readonly<Record<string, string | number | boolean | null | undefined>>

/** `event` is for programs and stays the same; `message` is for people. SDP and candidates only at debug. */
export type Log = (level: LogLevel, event: LogEvent, message: string, fields?: LogFields) => void

/**
 * One JSON object per line. A logging library would be a third of the bundle, and its worker threads and
 * transports a good part of the memory of a Pi.
 */
export function createLog(least: LogLevel, write: (line: string) => void, now: () => Date): Log {
  const limit = LOG_LEVELS.indexOf(least)
  return (level, event, message, fields = {}) => {
    if (LOG_LEVELS.indexOf(level) > limit) return
    write(`${JSON.stringify({ time: now().toISOString(), level, event, message, ...fields })}\n`)
  }
}
