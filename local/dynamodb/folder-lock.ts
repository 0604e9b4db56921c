import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

export interface FolderLock {
  release(): void
}

const SQLITE_BUSY = 5

/**
 * Takes a folder for this process alone, or answers `in-use`. SQLite's file lock is one of the operating system,
 * so that it ends with the process, however the process ends, and needs no cleaning up.
 */
export function lockFolder(folder: string): FolderLock | 'in-use' {
  // Who watched when is nobody else's business on a shared machine.
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const database = new DatabaseSync(join(folder, 'lock'))
  try {
    database.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE')
  } catch (error) {
    database.close()
    if (error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY) return 'in-use'
    throw error
  }
  return { release: () => database.close() }
}
