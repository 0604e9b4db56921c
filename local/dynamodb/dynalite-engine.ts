import { once } from 'node:events'
import { Readable } from 'node:stream'
import dynalite from 'dynalite'
import { closeIterators } from './close-iterators.ts'

closeIterators()

export interface EngineRequest {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: string
}

export interface EngineResponse {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** DynamoDB's data plane and tables, without its access control. */
export interface Engine {
  handle(request: EngineRequest): Promise<EngineResponse>
  /** An operation of our own; throws when it fails. */
  call(operation: string, parameters: Readonly<Record<string, unknown>>): Promise<Record<string, unknown>>
  close(): Promise<void>
}

export class EngineError extends Error {
  override readonly name = 'EngineError'
  /** DynamoDB's name of the error, such as `ResourceNotFoundException`. */
  readonly reason: string
  constructor(reason: string, message: string) {
    super(message)
    this.reason = reason
  }
}

const OWN_HEADERS = {
  'content-type': 'application/x-amz-json-1.0',
  authorization:
    'AWS4-HMAC-SHA256 Credential=LOCAL/a/b/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
  'x-amz-date': '20260101T000000Z',
}

/** `path` is the folder of the store; without one everything is kept in memory. */
export function openEngine(path?: string): Engine {
  const times = { createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 }
  const server = dynalite(path === undefined ? times : { ...times, path })
  const running = new Set<Promise<unknown>>()

  function handle({ headers, body }: EngineRequest): Promise<EngineResponse> {
    const response = new Promise<EngineResponse>((resolve) => {
      const request = Object.assign(Readable.from([Buffer.from(body)]), { headers, method: 'POST', url: '/' })
      server.emit('request', request, answerTo(resolve))
    })
    running.add(response)
    void response.finally(() => running.delete(response))
    return response
  }

  return {
    handle,
    async call(operation, parameters) {
      const headers = { ...OWN_HEADERS, 'x-amz-target': `DynamoDB_20120810.${operation}` }
      const { status, body } = await handle({ headers, body: JSON.stringify(parameters) })
      const answer = JSON.parse(body) as Record<string, unknown>
      if (status === 200) return answer
      const reason = String(answer['__type']).split('#').pop() ?? ''
      throw new EngineError(reason, `${operation}: ${reason} ${answer['message'] ?? ''}`)
    },
    async close() {
      // A request that meets a closed store throws where nobody can catch it.
      while (running.size > 0) await Promise.all(running)
      // dynalite closes its store with its listener alone, so there has to be one for a moment.
      server.removeAllListeners('request')
      server.listen(0, '127.0.0.1')
      await once(server, 'listening')
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** As much of a response as dynalite writes to. */
function answerTo(resolve: (response: EngineResponse) => void) {
  const headers: Record<string, string> = {}
  return {
    statusCode: 200,
    setHeader(name: string, value: string | number) {
      headers[name.toLowerCase()] = String(value)
    },
    end(body = '') {
      resolve({ status: this.statusCode, headers, body })
    },
  }
}
