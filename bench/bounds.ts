/** What a benchmark's figures may be at most, on a machine that does nothing else. */
const BOUNDS: Readonly<Record<string, number>> = {
  /** Mihari's median first frame against that of a bare page on the camera's own socket. */
  ratio: 1.3,
  differenceMs: 60,
  /** Hang-up included. */
  billedMessagesPerView: 10,
  /** One-way legs of the signalling before the camera has its answer. */
  legs: 6,
  startToConnectedMs: 1_000,
  /** Of the connector with ten calls, resident. */
  rssMb: 60,
}

/** These compare with a page whose signalling is not delayed. */
const WITHOUT_DELAY: ReadonlySet<string> = new Set(['ratio', 'differenceMs'])

/** In words, for whoever reads them; none when all hold. */
export function overBounds(figures: object): readonly string[] {
  const isDelayed = 'latencyMs' in figures && figures.latencyMs !== 0
  return Object.entries(figures).flatMap(([name, value]) => {
    if (isDelayed && WITHOUT_DELAY.has(name)) return []
    const most = Object.hasOwn(BOUNDS, name) ? BOUNDS[name] : undefined
    return most !== undefined && !(value <= most) ? [`${name} is ${value}, over its bound of ${most}`] : []
  })
}
