const START_KBPS = 600

/**
 * Tells the camera at which bitrate to begin. Left alone, libwebrtc begins at 300 kbit/s less the headers, and drops
 * the first four frames of a picture that it thinks too large for that: 640x480 below 300, more below 500
 * (InitialFrameDropper in video_stream_encoder.cc). What it sends once it has measured the line is its own business.
 */
export function startAtBitrate(answer: string): string {
  // A camera sends the codec that the answer names first.
  const payload = /^m=video \S+ \S+ (\d+)/m.exec(answer)?.[1]
  if (payload === undefined) return answer
  const parameter = `x-google-start-bitrate=${START_KBPS}`
  const parameters = new RegExp(`^a=fmtp:${payload} .*$`, 'm')
  if (parameters.test(answer)) return answer.replace(parameters, (line) => `${line};${parameter}`)
  const codec = new RegExp(`^a=rtpmap:${payload} .*$`, 'm')
  return answer.replace(codec, (line) => `${line}\r\na=fmtp:${payload} ${parameter}`)
}
