import { existsSync } from 'node:fs'
import { join } from 'node:path'

export class NotBuiltError extends Error {
  override readonly name = 'NotBuiltError'
}

/** The folder, when the build has put `file` into it. */
export function builtFolder(folder: string, file: string): string {
  if (!existsSync(join(folder, file))) {
    throw new NotBuiltError(`${join(folder, file)} is not there: run \`npm run build\` first`)
  }
  return folder
}
