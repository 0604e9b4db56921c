import * as v from 'valibot'
import { FromDevice, FromViewer, ToDevice, ToViewer } from './directions.ts'
import type { ErrorCode } from './error-codes.ts'
import { CallId } from './identifiers.ts'

/** API Gateway closes a connection at a frame of more than 32 KB; every message fits one frame below that. */
export const MAX_FRAME_BYTES = 32 * 1024 - 1

/** How long the message is on the wire. */
export function frameBytes(message: object): number {
  return new TextEncoder().encode(JSON.stringify(message)).length
}

/** The first of the parts that together have room in so many bytes, as entries of a list. */
export function takeFitting<Part extends object>(parts: readonly Part[], roomBytes: number): Part[] {
  const fitting: Part[] = []
  let used = 0
  for (const part of parts) {
    used += frameBytes(part) + 1
    if (used > roomBytes) break
    fitting.push(part)
  }
  return fitting
}

interface BadFrame {
  readonly code: Extract<ErrorCode, 'bad-message' | 'unknown-type'>
  /** Says which field is wrong, and why. */
  readonly detail: string
  /** The call that the frame names, when that much of it is right. */
  readonly call?: string
}

export type Parsed<Message> =
  | { readonly ok: true; readonly message: Message }
  | { readonly ok: false; readonly error: BadFrame }

export const parseFromViewer = parserOf(FromViewer)
export const parseFromDevice = parserOf(FromDevice)
export const parseToViewer = parserOf(ToViewer)
export const parseToDevice = parserOf(ToDevice)

function parserOf<Message>(direction: v.GenericSchema<unknown, Message>) {
  return (frame: string): Parsed<Message> => {
    const value = parseJson(frame)
    if (!isObject(value)) return bad('bad-message', 'not a JSON object')
    if (typeof value['type'] !== 'string') return bad('bad-message', 'type: missing')
    const call = v.is(CallId, value['call']) ? value['call'] : undefined
    const result = v.safeParse(direction, value, { abortEarly: true })
    if (result.success) return { ok: true, message: result.output }
    const [issue] = result.issues
    if (issue.type === 'variant' && v.getDotPath(issue) === 'type') {
      return bad('unknown-type', `type: ${value['type'].slice(0, 40)}`, call)
    }
    return bad('bad-message', `${v.getDotPath(issue) ?? 'message'}: ${issue.message}`.slice(0, 300), call)
  }
}

function bad(code: BadFrame['code'], detail: string, call?: string): { ok: false; error: BadFrame } {
  return { ok: false, error: { code, detail, ...(call === undefined ? {} : { call }) } }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
