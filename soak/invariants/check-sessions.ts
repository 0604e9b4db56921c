import { CALL_PREFIX_LENGTH } from '../../edge-connector/health/report-health.ts'
import { splitCameraId } from '../../protocol/identifiers.ts'
import type { Facts } from './facts.ts'

/** Nothing was said for them yet, or any more. */
const WITHOUT_CALL = ['waiting', 'ended', 'failed']

/** The camera, its connector and the viewers believe in the same calls. */
export function checkSessions({ cameras, viewers }: Facts): readonly string[] {
  return cameras.flatMap(({ id, sessions, sockets, calls }) => {
    if (sessions === null || sockets === null || calls === null)
      return [`camera ${nameOf(id)} cannot be asked`]
    const watching = viewers
      .flatMap((viewer) => viewer.calls)
      .filter(({ camera, phase }) => camera === id && !WITHOUT_CALL.includes(phase))
    const believed = watching.map(({ call }) => call.slice(0, CALL_PREFIX_LENGTH)).toSorted()
    const hosted = calls.toSorted()
    const isServed = sessions === hosted.length && sockets === hosted.length
    if (isServed && believed.join() === hosted.join()) return []
    return [
      `camera ${nameOf(id)} serves ${sessions} over ${sockets} sockets, its connector has [${hosted}], viewers have [${believed}]`,
    ]
  })
}

export function nameOf(camera: string): string {
  return splitCameraId(camera).name
}
