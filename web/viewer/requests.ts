import type { FromViewer } from '../../protocol/directions.ts'
import type { Asked, ViewerOperation } from '../../protocol/operations.ts'
import { type Reply, readAnswer } from '../../protocol/reply.ts'
import type { ViewerAsk } from '../../protocol/request.ts'
import type { AskResult } from './ask-result.ts'
import type { Clock } from './timers.ts'

/** As long as the cloud's function has: after that no reply comes. */
export const REPLY_TIMEOUT_MS = 10_000
/** After a failure of the cloud. */
const REPEAT_MS = 1_000

type Request = Extract<FromViewer, { type: 'request' }>

interface Pending {
  readonly request: Request
  readonly settle: (result: Reply['result']) => void
}

interface RequestsPorts {
  readonly clock: Clock
  readonly freshId: () => string
  readonly send: (request: Request) => void
}

/** What was asked of the cloud and is not answered yet. */
export class Requests {
  readonly #ports: RequestsPorts
  readonly #pending = new Map<string, Pending>()
  #isFailing = false

  constructor(ports: RequestsPorts) {
    this.#ports = ports
  }

  ask<Op extends ViewerOperation>(op: Op, asked: Asked<Op>): Promise<AskResult<Op>> {
    const { clock, freshId, send } = this.#ports
    const id = freshId()
    // An operation with what it asks for is one of the union; the compiler does not see that of a type parameter.
    const request: Request = { type: 'request', id, ask: { op, ...asked } as unknown as ViewerAsk }
    return new Promise((resolve) => {
      const timer = clock.setTimeout(() => settle(NO_REPLY), REPLY_TIMEOUT_MS)
      const settle: Pending['settle'] = (result) => {
        clock.clearTimeout(timer)
        this.#pending.delete(id)
        resolve(read(op, result))
      }
      this.#pending.set(id, { request, settle })
      send(request)
    })
  }

  take({ id, result }: Reply): void {
    this.#pending.get(id)?.settle(result)
  }

  /** After a lost link: repeated by the same id they have no further effect [R44]. */
  repeat(): void {
    for (const { request } of this.#pending.values()) this.#ports.send(request)
  }

  /** It does not say at what. How long a reply is waited for stays the same. */
  cloudFailed(): void {
    if (this.#isFailing || this.#pending.size === 0) return
    this.#isFailing = true
    this.#ports.clock.setTimeout(() => {
      this.#isFailing = false
      this.repeat()
    }, REPEAT_MS)
  }

  /** No reply will come. */
  giveUp(): void {
    for (const { settle } of [...this.#pending.values()]) settle(NO_REPLY)
  }
}

const NO_REPLY: Reply['result'] = { kind: 'refused', code: 'no-reply' }

function read<Op extends ViewerOperation>(op: Op, result: Reply['result']): AskResult<Op> {
  if (result.kind === 'done') {
    const answer = readAnswer(op, result.answer)
    return answer === null ? { kind: 'refused', code: 'bad-message' } : { kind: 'done', answer }
  }
  const { code, detail } = result
  return { kind: 'refused', code, ...(detail === undefined ? {} : { detail }) }
}
