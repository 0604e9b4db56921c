import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Clock } from '../clock.ts'
import { callerAccessKeyId } from '../iam/caller.ts'
import { decide } from '../iam/decide.ts'
import { dynamodbRequests } from '../iam/dynamodb-requests.ts'
import { type Refusal, refusal } from '../iam/refusal.ts'
import { parseJsonObject, readRequestBody } from '../request-body.ts'
import type { FunctionDescription, TableDescription } from '../template/cloud-description.ts'
import { askForCapacity, type ConsumedCapacity, callerAsks, takeCapacity } from './consumed-capacity.ts'
import { type EngineRequest, type EngineResponse, openEngine } from './dynalite-engine.ts'
import { ensureTable } from './ensure-table.ts'
import { sweepExpired } from './sweep-expired.ts'

const SWEEP_INTERVAL_MS = 5 * 60_000

const REQUEST_FAULTS = {
  throttled: failure(
    400,
    'ProvisionedThroughputExceededException',
    'The level of configured provisioned throughput for the table was exceeded.',
  ),
  failing: failure(500, 'InternalServerError', 'Internal server error'),
}

/** DynamoDB's own limit on a request. */
const MAX_BODY_BYTES = 16 * 1024 * 1024

export interface TablesOptions {
  readonly descriptions: readonly TableDescription[]
  /** Folder of the store, which no other process may use; without one everything is kept in memory. */
  readonly folder?: string
  readonly clock: Clock
  callerOf(accessKeyId: string): FunctionDescription | undefined
  readonly onRefused: (refusal: Refusal) => void
  readonly onConsumed: (consumed: ConsumedCapacity) => void
  /** What a test lets the next request come to. */
  readonly faultOfRequest?: () => RequestFault | undefined
}

/** `failing-late`: it is done, and its answer lost. */
export type RequestFault = 'throttled' | 'failing' | 'failing-late'

export interface Tables {
  /** Answers DynamoDB's HTTP protocol, to the functions and as far as their policies allow. */
  handle(request: IncomingMessage, response: ServerResponse): void
  /** Deletes what has expired, as DynamoDB does some time after. */
  sweep(): Promise<void>
  close(): Promise<void>
}

export async function openTables(options: TablesOptions): Promise<Tables> {
  const { descriptions, clock, callerOf, onRefused, onConsumed } = options
  const engine = openEngine(options.folder)
  const arns = new Map(descriptions.map(({ name, arn }) => [name, arn]))
  try {
    for (const description of descriptions) await ensureTable(engine, description)
  } catch (error) {
    await engine.close()
    throw error
  }

  let sweeping: Promise<unknown> = Promise.resolve()
  let closed = false
  let sweeper = clock.setTimeout(sweepOnTime, SWEEP_INTERVAL_MS)

  function sweepOnTime() {
    void sweep()
    sweeper = clock.setTimeout(sweepOnTime, SWEEP_INTERVAL_MS)
  }

  async function sweep() {
    const sweepAll = async () => {
      for (const table of descriptions) if (!closed) await sweepExpired(engine, table, clock.now())
    }
    sweeping = sweeping.then(sweepAll)
    await sweeping
  }

  async function answer(request: EngineRequest): Promise<EngineResponse> {
    if (closed) return failure(500, 'InternalServerError', 'The service is shutting down')
    const authorization = request.headers['authorization']
    const accessKeyId = callerAccessKeyId(typeof authorization === 'string' ? authorization : undefined)
    if (accessKeyId === undefined) {
      return failure(400, 'MissingAuthenticationTokenException', 'Request is missing Authentication Token')
    }
    const caller = callerOf(accessKeyId)
    if (!caller) {
      return failure(
        400,
        'UnrecognizedClientException',
        'The security token included in the request is invalid.',
      )
    }
    const body = parseJsonObject(request.body)
    if (!body) return failure(400, 'SerializationException', 'The request is not a JSON object')
    const operation = String(request.headers['x-amz-target']).split('.')[1] ?? ''
    const [, , , region, account] = caller.arn.split(':')
    const tableArn = (table: string) =>
      arns.get(table) ??
      (table.startsWith('arn:') ? table : `arn:aws:dynamodb:${region}:${account}:table/${table}`)
    const decision = decide(caller.statements, dynamodbRequests(operation, body, tableArn))
    if (decision.kind === 'refused') {
      const refused = refusal(caller, decision)
      onRefused(refused)
      return failure(400, 'AccessDeniedException', refused.message)
    }
    const fault = options.faultOfRequest?.()
    if (fault === 'throttled' || fault === 'failing') return REQUEST_FAULTS[fault]
    const response = await engine.handle(askForCapacity(operation, request, body))
    if (fault) return REQUEST_FAULTS.failing
    const metered = takeCapacity(operation, response, callerAsks(body))
    onConsumed(metered.consumed)
    return metered.response
  }

  return {
    handle(request, response) {
      readRequestBody(request, MAX_BODY_BYTES)
        .then((body) =>
          body === 'too-large'
            ? failure(413, 'RequestEntityTooLarge', 'Request size exceeded the limit')
            : answer({ headers: request.headers, body: body.toString() }),
        )
        .then(({ status, headers, body }) => response.writeHead(status, headers).end(body))
        .catch(() => response.destroy())
    },
    sweep,
    async close() {
      closed = true
      clock.clearTimeout(sweeper)
      await sweeping
      await engine.close()
    },
  }
}

function failure(status: number, type: string, message: string): EngineResponse {
  const body = JSON.stringify({ __type: `com.amazon.coral.service#${type}`, Message: message, message })
  return { status, headers: { 'content-type': 'application/x-amz-json-1.0' }, body }
}
