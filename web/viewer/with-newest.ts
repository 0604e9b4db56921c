/** A page may stay open for months: of what is only remembered in case a late word comes, the newest are enough. */
export function withNewest<Value>(known: ReadonlySet<Value>, value: Value, most: number): ReadonlySet<Value> {
  const others = [...known].filter((one) => one !== value)
  return new Set([...others, value].slice(-most))
}
