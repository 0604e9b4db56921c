/** What real UV4L cameras do wrong, or do at their leisure; each can be asked for. */
export interface Quirks {
  /** Like the hardware codec: only one stream at a time. */
  readonly oneFeed: boolean
  /** Between `call` and `offer`. */
  readonly slowStartMs: number
  /** Always sends its candidates in one batch, whatever the client asked for. */
  readonly noTrickle: boolean
  /** Answers every `call` with this `message`. */
  readonly refuse: string | undefined
  /** Socket and media vanish without a word, this long after the picture began. */
  readonly dieAfterMs: number | undefined
  /** Its candidates come before its offer. */
  readonly earlyCandidates: boolean
  /** `data` is an object instead of JSON text. */
  readonly objectData: boolean
  /** A stream stays taken this long when its socket closed without `hangup`. */
  readonly stickyBusyMs: number
  /** Sends garbage where the offer belongs. */
  readonly garbage: boolean
}

export const NO_QUIRKS: Quirks = {
  oneFeed: false,
  slowStartMs: 0,
  noTrickle: false,
  refuse: undefined,
  dieAfterMs: undefined,
  earlyCandidates: false,
  objectData: false,
  stickyBusyMs: 0,
  garbage: false,
}
