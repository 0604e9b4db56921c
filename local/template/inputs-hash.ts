import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** Tests and what they share change nothing that is built; the lock file names the installed packages. */
const LEFT_OUT: ReadonlySet<string> = new Set(['testing', 'node_modules'])

/** One hash over the names and contents of files and of folders with what is in them; what is not there counts as such. */
export function hashInputs(paths: readonly string[], parameters: string): string {
  const hash = createHash('sha256').update(parameters)
  for (const path of paths) hashPath(path, path, hash)
  return hash.digest('hex')
}

function hashPath(path: string, name: string, hash: ReturnType<typeof createHash>): void {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (stat?.isDirectory()) {
    for (const entry of readdirSync(path).sort()) {
      if (!entry.endsWith('.test.ts') && !LEFT_OUT.has(entry))
        hashPath(join(path, entry), `${name}/${entry}`, hash)
    }
    return
  }
  // Lengths keep the end of one part from passing as the beginning of the next.
  const content = stat ? readFileSync(path) : undefined
  hash.update(`\n${name.length}:${name}:${content?.length ?? 'none'}:`)
  if (content) hash.update(content)
}
