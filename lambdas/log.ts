import type { Log } from './core/ports.ts'
import type { Environment } from './environment.ts'

/** JSON lines, as CloudWatch Logs Insights reads them. Callers pass ids and codes, never messages or tokens. */
export function createLog(level: Environment['LOG_LEVEL'], write: (line: string) => void): Log {
  const line = (severity: string, event: string, fields: object = {}): void =>
    write(`${JSON.stringify({ level: severity, event, ...fields }, plainError)}\n`)
  return {
    info: (event, fields) => {
      if (level !== 'error') line('info', event, fields)
    },
    error: (event, fields) => line('error', event, fields),
  }
}

function plainError(_key: string, value: unknown): unknown {
  return value instanceof Error ? { name: value.name, message: value.message, stack: value.stack } : value
}
