/**
 * The time that this device goes by: its own wall clock, until the cloud has told it better. From then on it counts
 * by the monotonic clock, which nobody sets.
 */
export class CloudTime {
  readonly #monotonic: () => number
  readonly #wall: () => number
  #told: { readonly cloud: number; readonly at: number } | null = null

  constructor(clocks: { readonly monotonic: () => number; readonly wall: () => number }) {
    this.#monotonic = clocks.monotonic
    this.#wall = clocks.wall
  }

  /** Epoch ms. */
  now(): number {
    if (this.#told === null) return this.#wall()
    return this.#told.cloud + (this.#monotonic() - this.#told.at)
  }

  /** Returns by how many ms the time that was gone by was behind the cloud's; less than 0 when it was ahead. */
  set(cloud: number): number {
    const behind = cloud - this.now()
    this.#told = { cloud, at: this.#monotonic() }
    return behind
  }
}

const UNITS = [
  ['days', 86_400_000],
  ['hours', 3_600_000],
  ['minutes', 60_000],
] as const

/** In the largest unit of which there are two: "3 hours behind". */
export function describeOffset(behindMs: number): string {
  const size = Math.abs(behindMs)
  const [name, unit] = UNITS.find(([, ms]) => size >= 2 * ms) ?? ['seconds', 1_000]
  return `${Math.round(size / unit)} ${name} ${behindMs < 0 ? 'ahead' : 'behind'}`
}
