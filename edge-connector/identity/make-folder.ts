import { mkdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * Level by level: `recursive` of Node never returns where a folder that is there answers that it is not, as those of
 * /proc do.
 */
export function makeFolder(folder: string, mode: number): void {
  if (isFolder(folder)) return
  const parent = dirname(folder)
  if (parent !== folder) makeFolder(parent, mode)
  try {
    mkdirSync(folder, mode)
  } catch (error) {
    // Another start may have been faster.
    if (!isFolder(folder)) throw error
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
}
