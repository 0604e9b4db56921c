import type { Candidate } from '../../protocol/ice.ts'
import type { Camera, CameraEvent, CameraSession } from './camera-port.ts'

interface Waiting {
  readonly begin: () => void
}

/**
 * Keeps a camera from being asked for more feeds than it has. A session that was hung up holds its feed until its
 * connection is really closed; one that is opened meanwhile waits for that, instead of being refused.
 */
export function limitFeeds(camera: Camera, feeds: number): Camera {
  let open = 0
  const queue: Waiting[] = []

  const begin = (report: (event: CameraEvent) => void): CameraSession => {
    open += 1
    return camera.open((event) => {
      if (event.type === 'failed' || event.type === 'closed') {
        open -= 1
        queue.shift()?.begin()
      }
      report(event)
    })
  }

  return {
    probe: () => camera.probe(),
    open(report) {
      if (open < feeds) return begin(report)
      let session: CameraSession | null = null
      const waiting: Waiting = {
        begin: () => {
          session = begin(report)
          report({ type: 'asked' })
        },
      }
      queue.push(waiting)
      return {
        answer: (sdp: string) => session?.answer(sdp),
        addCandidate: (candidate: Candidate) => session?.addCandidate(candidate),
        hangup() {
          if (session !== null) return session.hangup()
          const place = queue.indexOf(waiting)
          if (place < 0) return
          queue.splice(place, 1)
          report({ type: 'closed', detail: 'hung up before the camera had a free feed' })
        },
      }
    },
  }
}
