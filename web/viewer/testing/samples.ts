import type { Candidate } from '../../../protocol/ice.ts'
import type { VisibleCamera } from '../../../protocol/welcome.ts'

export const DEVICE = 'd'.repeat(43)
export const PORCH = `${DEVICE}.porch`
export const GARDEN = `${DEVICE}.garden`
export const CALL = 'c'.repeat(22)
export const SDP = 'v=0 sample'

export function visibleCamera(over: Partial<VisibleCamera> = {}): VisibleCamera {
  return { camera: PORCH, label: 'Porch', state: 'online', since: 1_000, role: 'owner', ...over }
}

export function candidate(n: number): Candidate {
  return { candidate: `candidate:${n} 1 udp 1 192.0.2.${n} 9 typ host`, sdpMid: '0', sdpMLineIndex: 0 }
}
