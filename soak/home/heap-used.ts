import { getHeapSpaceStatistics } from 'node:v8'

export interface HeapUsed {
  /** What the program holds, in bytes. */
  readonly data: number
  /** What V8 has made of its source: bytecode, machine code and the tables beside them. */
  readonly compiled: number
}

const COMPILED = /(^|_)(code|trusted)_/

/**
 * Of this process, after a forced collection; it has to be started with `--expose-gc`. V8 goes on compiling for as long
 * as something runs often enough: for hours, though nothing is held.
 */
export function heapUsed(): HeapUsed {
  if (globalThis.gc === undefined) throw new Error('started without --expose-gc')
  globalThis.gc()
  globalThis.gc()
  const sum = (ofCompiled: boolean) =>
    getHeapSpaceStatistics()
      .filter(({ space_name }) => COMPILED.test(space_name) === ofCompiled)
      .reduce((total, { space_used_size }) => total + space_used_size, 0)
  return { data: sum(false), compiled: sum(true) }
}
