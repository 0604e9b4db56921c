import * as v from 'valibot'

/** An ICE candidate as UV4L writes it. */
export interface Candidate {
  readonly candidate: string
  readonly sdpMid?: string
  readonly sdpMLineIndex: number
}

/** What a client asks of the camera. */
export type Request =
  | { readonly what: 'call'; readonly trickle: boolean }
  | { readonly what: 'answer'; readonly sdp: string }
  | { readonly what: 'addIceCandidate'; readonly candidate: Candidate }
  | { readonly what: 'hangup' }
  /** Nothing that changes a session: legacy requests, unknown ones, frames that are no JSON. */
  | { readonly what: 'nothing' }

const fromJson = v.pipe(v.string(), v.parseJson())
const tolerant = <Schema extends v.GenericSchema>(schema: Schema) =>
  v.union([schema, v.pipe(fromJson, schema)])

const Frame = v.object({ what: v.string(), data: v.optional(v.unknown()), options: v.optional(v.unknown()) })
const Options = tolerant(v.object({ trickle_ice: v.optional(v.unknown()) }))
const Answer = tolerant(v.object({ sdp: v.string() }))
const IceCandidate = tolerant(
  v.object({
    candidate: v.string(),
    sdpMid: v.nullish(v.string()),
    sdpMLineIndex: v.nullish(v.pipe(v.union([v.string(), v.number()]), v.transform(Number), v.integer()), 0),
  }),
)

const TRUE: readonly unknown[] = [true, 'true', 1, '1']

/** Takes what clients in the wild send: `data` and `options` as objects or as JSON text, numbers as strings. */
export function parseRequest(text: string): Request {
  const frame = v.safeParse(v.pipe(fromJson, Frame), text)
  if (!frame.success) return { what: 'nothing' }
  const { what, data, options } = frame.output
  switch (what) {
    case 'call': {
      const parsed = v.safeParse(Options, options)
      return { what, trickle: parsed.success && TRUE.includes(parsed.output.trickle_ice) }
    }
    case 'answer': {
      const parsed = v.safeParse(Answer, data)
      return { what, sdp: parsed.success ? parsed.output.sdp : '' }
    }
    case 'addIceCandidate': {
      const parsed = v.safeParse(IceCandidate, data)
      // An empty candidate is a browser's end of candidates, which UV4L has no use for.
      if (!parsed.success || parsed.output.candidate === '') return { what: 'nothing' }
      const { candidate, sdpMid, sdpMLineIndex } = parsed.output
      return {
        what,
        candidate: { candidate, sdpMLineIndex, ...(typeof sdpMid === 'string' ? { sdpMid } : {}) },
      }
    }
    case 'hangup':
      return { what }
    default:
      return { what: 'nothing' }
  }
}

/** What the camera says. */
export type Answered =
  | { readonly what: 'offer'; readonly data: { readonly type: 'offer'; readonly sdp: string } }
  | { readonly what: 'iceCandidate'; readonly data: Candidate }
  | { readonly what: 'iceCandidates'; readonly data: readonly Candidate[] }
  | { readonly what: 'message'; readonly data: string }

/** `data` is JSON inside JSON, as UV4L writes it, or plainly an object when that quirk is asked for. */
export function formatFrame(frame: Answered, objectData: boolean): string {
  const nested = frame.what !== 'message' && !objectData
  return JSON.stringify({ what: frame.what, data: nested ? JSON.stringify(frame.data) : frame.data })
}

/** Tells a trickling client that no more candidates come. */
export const GATHERING_COMPLETE = JSON.stringify({ what: 'iceCandidate', data: '' })
