import * as v from 'valibot'

/** What one `candidates` frame, offer or answer may carry, as far as its frame has room. */
export const MAX_CANDIDATES_PER_MESSAGE = 64
/** What one end may send in one call; a home camera with every interface and relay has a few dozen. */
export const MAX_CANDIDATES_PER_CALL = 256

/** RTCIceCandidateInit (W3C WebRTC): at least one of sdpMid and sdpMLineIndex is there. */
export const Candidate = v.pipe(
  v.object({
    candidate: v.pipe(v.string(), v.maxLength(512)),
    sdpMid: v.nullish(v.pipe(v.string(), v.maxLength(64))),
    sdpMLineIndex: v.nullish(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(255))),
    usernameFragment: v.nullish(v.pipe(v.string(), v.maxLength(256))),
  }),
  v.check(
    (c) => typeof c.sdpMid === 'string' || typeof c.sdpMLineIndex === 'number',
    'needs sdpMid or sdpMLineIndex',
  ),
)
export type Candidate = v.InferOutput<typeof Candidate>

/** Equal for a repeated candidate [R17]. */
export function candidateKey({ candidate, sdpMid, sdpMLineIndex }: Candidate): string {
  return `${sdpMid ?? ''}/${sdpMLineIndex ?? ''}/${candidate}`
}

export const Candidates = v.pipe(v.array(Candidate), v.maxLength(MAX_CANDIDATES_PER_MESSAGE))

/** Gathering is complete: no candidate follows. Worth no frame of its own. */
export const Done = v.optional(v.boolean())

export const Sdp = v.pipe(v.string(), v.startsWith('v=0'), v.maxLength(24_000))

/** RTCIceServer (W3C WebRTC). */
export const IceServer = v.object({
  urls: v.union([v.string(), v.array(v.string())]),
  username: v.optional(v.string()),
  credential: v.optional(v.string()),
})
export type IceServer = v.InferOutput<typeof IceServer>
