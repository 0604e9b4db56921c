import type { TlsTrust } from '../cameras/uv4l/trust.ts'
import type { LogLevel } from '../log/log.ts'

/** Complete and checked: nothing of it is looked at twice. */
export interface Configuration {
  /** The deployment's signalling address, letter by letter as it is connected to and signed. */
  readonly cloud: string
  readonly dataDirectory: string
  /** 0 takes any free port. */
  readonly healthPort: number | 'off'
  readonly logLevel: LogLevel
  readonly cameras: readonly CameraConfiguration[]
}

export interface CameraConfiguration {
  readonly name: string
  readonly label: string | undefined
  readonly url: string
  readonly user: string
  readonly password: string | undefined
  readonly trust: TlsTrust
  readonly maxCalls: number
  readonly vformat: number
  readonly forceHardwareCodec: boolean
}

/** Something that a person must put right, and where. */
export interface Problem {
  /** `file:line:column`, or the flag. */
  readonly where: string
  /** The field in dots; empty for the file as a whole. */
  readonly field: string
  readonly reason: string
}

export function describeProblem({ where, field, reason }: Problem): string {
  return [where, field, reason].filter((part) => part !== '').join(': ')
}
