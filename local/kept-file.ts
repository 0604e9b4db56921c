import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'

/** What was kept cannot be read; the message says which file, and what becomes of it. */
export class KeptFileError extends Error {
  override readonly name = 'KeptFileError'
}

/** One value that outlives the process; nobody else on the machine may read it. */
export interface KeptFile<Value> {
  readonly value: Value
  /** The new value is on the disk as a whole, or the old one is. */
  write(value: Value): void
}

/** `memory` forgets everything with the process. */
export function openKeptFile<Value>(
  folder: string | 'memory',
  name: string,
  schema: v.GenericSchema<unknown, Value>,
  initial: Value,
): KeptFile<Value> {
  if (folder === 'memory') return kept(initial, () => {})
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const path = join(folder, name)
  const text = readIfThere(path)
  const value = text === undefined ? initial : parse(path, text, schema)
  return kept(value, (next) => replaceFile(path, JSON.stringify(next)))
}

function kept<Value>(initial: Value, store: (value: Value) => void): KeptFile<Value> {
  let value = initial
  return {
    get value() {
      return value
    },
    write(next) {
      store(next)
      value = next
    },
  }
}

function parse<Value>(path: string, text: string, schema: v.GenericSchema<unknown, Value>): Value {
  try {
    return v.parse(schema, JSON.parse(text))
  } catch (cause) {
    throw new KeptFileError(
      `${path} cannot be read. Move it away, and everybody signs in anew by a fresh link.`,
      { cause },
    )
  }
}

/** Also for keys that are no JSON: whole or not at all, and for this user alone. */
export function replaceFile(path: string, content: string): void {
  const temporary = `${path}.new`
  const file = openSync(temporary, 'w', 0o600)
  try {
    writeSync(file, content)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  renameSync(temporary, path)
}

export function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}
