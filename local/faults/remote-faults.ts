import type { ChildProcess } from 'node:child_process'
import * as v from 'valibot'
import type { Fault } from './fault.ts'
import type { FaultCounts } from './faults.ts'

/** What a parent asks of the process that it has started. `id` comes back with the answer. */
export type FaultRequest =
  | { readonly id: number; readonly ask: 'inject'; readonly fault: Fault }
  | { readonly id: number; readonly ask: 'clear' | 'counts' }

const FaultAnswer = v.object({
  id: v.number(),
  counts: v.optional(v.record(v.string(), v.number())),
  problem: v.optional(v.string()),
})

export type FaultAnswer = v.InferOutput<typeof FaultAnswer>

/** The faults of a cloud in a process of its own; each answer is how often each fault has come about so far. */
export interface RemoteFaults {
  inject(fault: Fault): Promise<FaultCounts>
  clear(): Promise<FaultCounts>
  counts(): Promise<FaultCounts>
}

/** `child` is a process of `local/faults/main.ts`, started with a channel. Rejects once it has ended. */
export function remoteFaults(child: ChildProcess): RemoteFaults {
  const waiting = new Map<number, PromiseWithResolvers<FaultCounts>>()
  let lastId = 0
  child.on('message', (message) => {
    if (!v.is(FaultAnswer, message)) return
    const { id, counts, problem } = message
    if (counts) waiting.get(id)?.resolve(counts)
    else waiting.get(id)?.reject(new Error(problem))
    waiting.delete(id)
  })
  child.once('disconnect', () => {
    for (const { reject } of waiting.values()) reject(new Error('the cloud has ended'))
    waiting.clear()
  })

  function ask(request: (id: number) => FaultRequest): Promise<FaultCounts> {
    lastId += 1
    const id = lastId
    const answer = Promise.withResolvers<FaultCounts>()
    waiting.set(id, answer)
    if (!child.connected) answer.reject(new Error('the cloud has ended'))
    else child.send(request(id), (error) => error && answer.reject(error))
    return answer.promise
  }

  return {
    inject: (fault) => ask((id) => ({ id, ask: 'inject', fault })),
    clear: () => ask((id) => ({ id, ask: 'clear' })),
    counts: () => ask((id) => ({ id, ask: 'counts' })),
  }
}
