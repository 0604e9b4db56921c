import type { Clock } from '../clock.ts'
import type { Invoke, InvokeResult } from '../functions/invocation.ts'
import { createArmed } from './armed.ts'
import type { Fault } from './fault.ts'

type FunctionFault = Extract<Fault, { kind: 'function' }>

/** Everything that can happen to invocations. */
export interface Invocations {
  inject(fault: FunctionFault): void
  /** How many occasions are still waited for. */
  waiting(): number
  clear(): void
  invoking(invoke: Invoke): Invoke
  onCold(retire: () => void): void
}

const THROWN: InvokeResult = {
  ok: false,
  error: { errorType: 'Error', errorMessage: 'A fault that a test has injected' },
}

export function createInvocations({
  clock,
  onFault,
}: {
  readonly clock: Clock
  readonly onFault: (what: string) => void
}): Invocations {
  const armed = createArmed<FunctionFault>()
  const deaths = createArmed<FunctionFault>()
  const onCold: (() => void)[] = []
  let clearings = 0
  /** Of which it is not known yet whether they die. */
  let doomedNow = 0

  /** Only one that posts can die before it, so who has not is no death. */
  async function doomed(invoke: Invoke, functionArn: string, event: unknown, death: FunctionFault) {
    const clearingsBefore = clearings
    doomedNow += 1
    const result = await invoke(functionArn, event, 'dies-before-post').finally(() => {
      doomedNow -= 1
    })
    if (!result.ok && result.error.errorType === 'Runtime.ExitError') onFault('function dies-before-post')
    else if (clearings === clearingsBefore) deaths.add({ ...death, count: 1 })
    return result
  }

  return {
    inject(fault) {
      if (fault.how === 'dies-before-post') return deaths.add(fault)
      if (fault.how !== 'cold') return armed.add(fault)
      onFault('function cold')
      for (const retire of onCold) retire()
    },
    waiting: () => armed.left() + deaths.left() + doomedNow,
    clear() {
      clearings += 1
      armed.clear()
      deaths.clear()
    },
    invoking: (invoke) => async (functionArn, event) => {
      const fault = armed.take(() => true)
      if (fault) onFault(`function ${fault.how}`)
      if (fault?.how === 'throws') return THROWN
      if (fault?.how === 'slow') await new Promise<void>((resolve) => clock.setTimeout(resolve, fault.ms))
      const death = deaths.take(() => true)
      return death ? doomed(invoke, functionArn, event, death) : invoke(functionArn, event)
    },
    onCold: (retire) => void onCold.push(retire),
  }
}
