const CODECS = ['VP8', 'VP9']

/**
 * Rewrites an offer of today's libwebrtc to what UV4L's older one says: sections named after their kind, the
 * stream in `a=ssrc` lines (msid, mslabel, label) instead of `a=msid`, VP8 and VP9 with their retransmission
 * only. What is applied locally and what is sent must be the same text.
 */
export function oldStyleOffer(sdp: string): string {
  const lines = sdp.split('\r\n')
  const kept = keptPayloads(lines)
  return lines.flatMap((line) => rewrite(line, kept)).join('\r\n')
}

function rewrite(line: string, kept: ReadonlySet<string>): string[] {
  if (line.startsWith('a=msid:') || line === 'a=extmap-allow-mixed') return []
  if (line.startsWith('a=group:BUNDLE ')) return ['a=group:BUNDLE video']
  if (line.startsWith('a=mid:')) return ['a=mid:video']
  const section = /^(m=video \d+ \S+) (.*)$/.exec(line)
  if (section) {
    const payloads = (section[2] ?? '').split(' ').filter((payload) => kept.has(payload))
    return [`${section[1]} ${payloads.join(' ')}`]
  }
  const payload = /^a=(?:rtpmap|fmtp|rtcp-fb):(\d+) /.exec(line)?.[1]
  if (payload !== undefined) return kept.has(payload) ? [line] : []
  const source = /^(a=ssrc:\d+) msid:(\S+) (\S+)$/.exec(line)
  return source ? [line, `${source[1]} mslabel:${source[2]}`, `${source[1]} label:${source[3]}`] : [line]
}

function keptPayloads(lines: readonly string[]): ReadonlySet<string> {
  const kept = new Set<string>()
  for (const line of lines) {
    const codec = /^a=rtpmap:(\d+) (\w+)\//.exec(line)
    // Of VP9 profile 0 alone: its other profiles came later.
    if (codec?.[1] && CODECS.includes(codec[2] ?? '') && !otherProfile(lines, codec[1])) kept.add(codec[1])
  }
  for (const line of lines) {
    const retransmission = /^a=fmtp:(\d+) apt=(\d+)$/.exec(line)
    if (retransmission?.[1] && kept.has(retransmission[2] ?? '')) kept.add(retransmission[1])
  }
  return kept
}

function otherProfile(lines: readonly string[], payload: string): boolean {
  return lines.some((line) => new RegExp(`^a=fmtp:${payload} profile-id=[1-9]`).test(line))
}
