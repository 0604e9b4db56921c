/**
 * Whether `aws s3 sync --exclude … --include …` takes a file: the last filter that matches decides, and excludes
 * stand before includes. `*` matches slashes too.
 */
export function isDeployed(path: string, exclude: readonly string[], include: readonly string[]): boolean {
  if (include.some((pattern) => matches(path, pattern))) return true
  return !exclude.some((pattern) => matches(path, pattern))
}

function matches(path: string, pattern: string): boolean {
  const parts = pattern.split(/([*?])/).map((part) => {
    if (part === '*') return '.*'
    if (part === '?') return '.'
    return part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
  })
  return new RegExp(`^${parts.join('')}$`, 's').test(path)
}
