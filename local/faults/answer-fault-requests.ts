import type { Faults } from './faults.ts'
import type { FaultAnswer, FaultRequest } from './remote-faults.ts'

/** A process as far as it hears and answers the one that has started it. */
interface Child {
  on(event: 'message', listener: (request: FaultRequest) => void): unknown
  send?(answer: FaultAnswer): unknown
}

export function answerFaultRequests(faults: Faults, child: Child): void {
  child.on('message', (request) => {
    child.send?.({ id: request.id, ...answerTo(faults, request) })
  })
}

function answerTo(faults: Faults, request: FaultRequest): Omit<FaultAnswer, 'id'> {
  try {
    if (request.ask === 'inject') faults.inject(request.fault)
    if (request.ask === 'clear') faults.clear()
    return { counts: { ...faults.counts() } }
  } catch (error) {
    return { problem: String(error) }
  }
}
