/** What a parent asks over the channel that it started the camera with. */
export const STATUS = 'status'

/** The answer. */
export interface CameraStatus {
  readonly event: 'status'
  /** Streams that are being served now. */
  readonly sessions: number
  /** Streams since its start. */
  readonly served: number
  readonly sockets: number
  /** Streams, since its start, whose client went away without `hangup`. */
  readonly abandoned: number
}
