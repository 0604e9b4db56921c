import type { Candidate } from '../../protocol/ice.ts'
import type { Camera, CameraEvent } from '../cameras/camera-port.ts'

interface FakeSession {
  readonly told: (readonly ['answer', string] | readonly ['candidate', Candidate] | readonly ['hangup'])[]
  report(event: CameraEvent): void
}

/** A camera in memory: a test reports in its name, and reads what it was told. */
export interface FakeCamera extends Camera {
  readonly sessions: FakeSession[]
  reachable: boolean
  probes: number
}

export function createFakeCamera(): FakeCamera {
  const sessions: FakeSession[] = []
  const fake: FakeCamera = {
    sessions,
    reachable: true,
    probes: 0,
    probe() {
      fake.probes += 1
      return Promise.resolve(fake.reachable)
    },
    open(report) {
      const told: FakeSession['told'] = []
      sessions.push({ told, report })
      return {
        answer: (sdp) => told.push(['answer', sdp]),
        addCandidate: (candidate) => told.push(['candidate', candidate]),
        hangup: () => told.push(['hangup']),
      }
    },
  }
  return fake
}
