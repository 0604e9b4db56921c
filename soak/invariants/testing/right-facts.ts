import type { CallFacts, ViewerFacts } from '../../viewers/messages.ts'
import type { CameraFacts, Facts } from '../facts.ts'

export const PORCH = 'device.porch'
const CALL = 'call-one-of-the-porch'

/** One viewer watches the one camera, and everybody agrees. */
export function rightFacts(
  changes: {
    readonly camera?: Partial<CameraFacts>
    readonly viewer?: Partial<ViewerFacts>
    readonly call?: Partial<CallFacts>
  } = {},
): Facts {
  const call: CallFacts = {
    call: CALL,
    camera: PORCH,
    phase: 'playing',
    why: null,
    regain: 'holding',
    frames: 10,
    ...changes.call,
  }
  return {
    cameras: [
      {
        id: PORCH,
        maxCalls: 1,
        reachable: true,
        connectorUp: true,
        sessions: 1,
        sockets: 1,
        abandoned: 0,
        calls: [CALL.slice(0, 8)],
        ...changes.camera,
      },
    ],
    viewers: [
      { open: true, link: 'welcomed', cameras: { [PORCH]: 'busy' }, calls: [call], ...changes.viewer },
    ],
  }
}
