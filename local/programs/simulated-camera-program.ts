import { resolve } from 'node:path'
import { readJsonLine } from './json-line.ts'
import { type Program, type ProgramLog, type ProgramOptions, runProgram } from './program.ts'

const MAIN = resolve(import.meta.dirname, '../simulated-camera/main.ts')

export interface SimulatedCameraProgram {
  readonly name: string
  readonly program: Program
  /** Known once the program is ready. */
  url(): string
}

/** A simulated camera in a process of its own. */
export function runSimulatedCamera(
  name: string,
  { report, clock, log }: Pick<ProgramOptions, 'report' | 'clock'> & { readonly log: ProgramLog },
): SimulatedCameraProgram {
  let url = ''
  const program = runProgram({
    name: `simulated camera ${name}`,
    onLine: (line) => log(`simulated camera ${name}`, line),
    // Started again, it keeps the address that the connector knows.
    args: () => [MAIN, '--json', '--name', name, '--port', url === '' ? '0' : new URL(url).port],
    isReady(line) {
      const said = readJsonLine(line)
      if (said['event'] !== 'ready') return false
      url = String(said['url'])
      return true
    },
    report,
    clock,
  })
  return { name, program, url: () => url }
}
