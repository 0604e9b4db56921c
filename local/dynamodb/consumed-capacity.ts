import { crc32 } from 'node:zlib'
import type { EngineRequest, EngineResponse } from './dynalite-engine.ts'

/** Of tables alone: dynalite does not count what a write costs in the table's indexes. */
export interface ConsumedCapacity {
  readonly readUnits: number
  readonly writeUnits: number
}

const READS = ['GetItem', 'BatchGetItem', 'Query', 'Scan']
const WRITES = ['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem']

type Body = Readonly<Record<string, unknown>>

/** Asks for the capacity that an operation consumes, whether or not the caller wants to know. */
export function askForCapacity(operation: string, request: EngineRequest, body: Body): EngineRequest {
  if (!isMetered(operation) || callerAsks(body)) return request
  return { ...request, body: JSON.stringify({ ...body, ReturnConsumedCapacity: 'TOTAL' }) }
}

export function callerAsks(body: Body): boolean {
  return body['ReturnConsumedCapacity'] !== undefined && body['ReturnConsumedCapacity'] !== 'NONE'
}

/** Reads the capacity off an answer, and takes it out again where the caller did not ask. */
export function takeCapacity(
  operation: string,
  response: EngineResponse,
  askedByCaller: boolean,
): { response: EngineResponse; consumed: ConsumedCapacity } {
  const write = WRITES.includes(operation)
  if (!isMetered(operation)) return { response, consumed: unitsOf(write, 0) }
  const answer = JSON.parse(response.body) as Body
  if (response.status !== 200) {
    // A write whose condition failed is paid for like one that went through.
    const paid = String(answer['__type']).endsWith('ConditionalCheckFailedException')
    return { response, consumed: unitsOf(write, paid ? 1 : 0) }
  }
  const { ConsumedCapacity: capacity, ...rest } = answer
  const parts = (Array.isArray(capacity) ? capacity : [capacity]) as (
    | { CapacityUnits?: number }
    | undefined
  )[]
  const consumed = unitsOf(
    write,
    parts.reduce((sum, part) => sum + (part?.CapacityUnits ?? 0), 0),
  )
  return { response: askedByCaller ? response : withBody(response, JSON.stringify(rest)), consumed }
}

function isMetered(operation: string): boolean {
  return READS.includes(operation) || WRITES.includes(operation)
}

function unitsOf(write: boolean, units: number): ConsumedCapacity {
  return write ? { readUnits: 0, writeUnits: units } : { readUnits: units, writeUnits: 0 }
}

function withBody(response: EngineResponse, body: string): EngineResponse {
  const lengths = { 'content-length': String(Buffer.byteLength(body)), 'x-amz-crc32': String(crc32(body)) }
  return { ...response, headers: { ...response.headers, ...lengths }, body }
}
