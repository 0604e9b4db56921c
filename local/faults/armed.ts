/** Faults that wait for their occasion, each for as many as it counts. */
export interface Armed<F extends { readonly count: number }> {
  add(fault: F): void
  /** The oldest that fits, used up by one. */
  take(fits: (fault: F) => boolean): F | undefined
  /** How many occasions it still waits for. */
  left(): number
  clear(): void
}

export function createArmed<F extends { readonly count: number }>(): Armed<F> {
  let waiting: { readonly fault: F; left: number }[] = []
  return {
    add(fault) {
      if (fault.count > 0) waiting.push({ fault, left: fault.count })
    },
    take(fits) {
      const found = waiting.find(({ fault }) => fits(fault))
      if (!found) return undefined
      found.left -= 1
      if (found.left === 0) waiting = waiting.filter((one) => one !== found)
      return found.fault
    },
    left: () => waiting.reduce((sum, { left }) => sum + left, 0),
    clear() {
      waiting = []
    },
  }
}
