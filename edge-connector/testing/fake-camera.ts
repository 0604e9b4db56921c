import type { Candidate } from '../../protocol/ice.ts'
import type { Camera, CameraEvent } from '../cameras/camera-port.ts'

interface FakeSession {
  readonly told: (readonly ['answer', string] | readonly ['candidate', Candidate] | readonly ['hangup'])[]
  report(event: CameraEvent): void
  /** Its last event was reported. */
  over: boolean
}

/** A camera in memory: a test reports in its name, and reads what it was told. */
export interface FakeCamera extends Camera {
  readonly sessions: FakeSession[]
  reachable: boolean
  probes: number
  /** A hangup is followed by the close within the same turn, and not when the test says so. */
  closesAtOnce: boolean
}

export function createFakeCamera(): FakeCamera {
  const sessions: FakeSession[] = []
  const fake: FakeCamera = {
    sessions,
    reachable: true,
    probes: 0,
    closesAtOnce: false,
    probe() {
      fake.probes += 1
      return Promise.resolve(fake.reachable)
    },
    open(report) {
      const told: FakeSession['told'] = []
      const session: FakeSession = {
        told,
        over: false,
        report(event) {
          session.over ||= event.type === 'closed' || event.type === 'failed'
          report(event)
        },
      }
      sessions.push(session)
      return {
        answer: (sdp) => told.push(['answer', sdp]),
        addCandidate: (candidate) => told.push(['candidate', candidate]),
        hangup() {
          told.push(['hangup'])
          if (fake.closesAtOnce && !session.over) session.report({ type: 'closed', detail: '' })
        },
      }
    },
  }
  return fake
}
