/** Which instance runs which invocation. Instances are numbered by the scheduler, invocations by the caller. */
export interface SchedulerState {
  readonly limit: number
  readonly nextInstance: number
  /** The most recently used last: it is preferred, so that the others become idle for good. */
  readonly instances: readonly ScheduledInstance[]
  readonly waiting: readonly WaitingInvocation[]
}

interface ScheduledInstance {
  readonly id: number
  readonly functionArn: string
  /** Absent while it runs an invocation. */
  readonly idleSince?: number
}

interface WaitingInvocation {
  readonly invocation: number
  readonly functionArn: string
}

export type SchedulerEvent =
  | { readonly kind: 'invoke'; readonly invocation: number; readonly functionArn: string }
  | { readonly kind: 'finished'; readonly instance: number; readonly reusable: boolean; readonly at: number }
  | { readonly kind: 'reap'; readonly idleBefore: number }

export type SchedulerEffect =
  | { readonly kind: 'start'; readonly instance: number; readonly functionArn: string }
  | { readonly kind: 'run'; readonly instance: number; readonly invocation: number }
  | { readonly kind: 'stop'; readonly instance: number }

export interface SchedulerStep {
  readonly state: SchedulerState
  readonly effects: readonly SchedulerEffect[]
}

export function emptySchedule(limit: number): SchedulerState {
  return { limit, nextInstance: 1, instances: [], waiting: [] }
}

export function stepSchedule(state: SchedulerState, event: SchedulerEvent): SchedulerStep {
  switch (event.kind) {
    case 'invoke': {
      const { invocation, functionArn } = event
      return assignWaiting({ ...state, waiting: [...state.waiting, { invocation, functionArn }] })
    }
    case 'finished': {
      const { instance, reusable, at } = event
      const finished = state.instances.find(({ id }) => id === instance)
      if (!finished) return { state, effects: [] }
      const others = state.instances.filter(({ id }) => id !== instance)
      const instances = reusable ? [...others, { ...finished, idleSince: at }] : others
      return assignWaiting({ ...state, instances })
    }
    case 'reap': {
      const old = state.instances.filter(
        ({ idleSince }) => idleSince !== undefined && idleSince <= event.idleBefore,
      )
      return {
        state: { ...state, instances: state.instances.filter((instance) => !old.includes(instance)) },
        effects: old.map(({ id }) => ({ kind: 'stop', instance: id })),
      }
    }
    default:
      return event satisfies never
  }
}

/** Serves the oldest invocations first, until one has to wait. */
function assignWaiting(initial: SchedulerState): SchedulerStep {
  const effects: SchedulerEffect[] = []
  let state = initial
  for (const next of initial.waiting) {
    const step = assign(state, next)
    if (!step) break
    state = { ...step.state, waiting: step.state.waiting.slice(1) }
    effects.push(...step.effects)
  }
  return { state, effects }
}

function assign(
  state: SchedulerState,
  { invocation, functionArn }: WaitingInvocation,
): SchedulerStep | undefined {
  const warm = state.instances.findLast(
    (one) => one.functionArn === functionArn && one.idleSince !== undefined,
  )
  if (warm) {
    const instances = state.instances.map((one) => (one === warm ? { id: one.id, functionArn } : one))
    return { state: { ...state, instances }, effects: [{ kind: 'run', instance: warm.id, invocation }] }
  }
  const evicted =
    state.instances.length < state.limit
      ? undefined
      : state.instances.find((one) => one.idleSince !== undefined)
  if (state.instances.length >= state.limit && !evicted) return undefined
  const instance = state.nextInstance
  const kept = state.instances.filter((one) => one !== evicted)
  return {
    state: { ...state, nextInstance: instance + 1, instances: [...kept, { id: instance, functionArn }] },
    effects: [
      ...(evicted ? [{ kind: 'stop', instance: evicted.id } as const] : []),
      { kind: 'start', instance, functionArn },
      { kind: 'run', instance, invocation },
    ],
  }
}
