import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '../local/clock.ts'
import type { Leg } from '../local/gateway/leg.ts'
import { runSimulatedCamera } from '../local/programs/simulated-camera-program.ts'
import { startMihari } from '../local/start-mihari.ts'
import { tapAnswers } from './answer-tap.ts'
import type { LegTiming } from './sequential-legs.ts'

export interface BenchedMihari {
  readonly url: string
  readonly signInLink: string
  /** The camera itself, as a page on the same network reaches it. */
  readonly cameraUrl: string
  billedMessages(): number
  /** When the camera gets its next answer, and the legs until then; only with a latency there is anything to tell. */
  nextAnswer(): Promise<{ readonly at: number; readonly legs: readonly LegTiming[] }>
  stop(): Promise<void>
}

/** All of Mihari over one simulated camera, with a count of what crosses the legs. */
export async function startBenchedMihari(options: {
  readonly latencyMs: number
  readonly say: (line: string) => void
}): Promise<BenchedMihari> {
  const { latencyMs, say } = options
  const dataFolder = mkdtempSync(join(tmpdir(), 'mihari-bench-'))
  const camera = runSimulatedCamera('bench', { report: say, clock: systemClock, log: () => undefined })
  await camera.program.ready
  const tap = latencyMs > 0 ? await tapAnswers(camera.url()) : undefined
  let legs: LegTiming[] = []
  const mihari = await startMihari({
    port: 0,
    dataFolder,
    latencyMs,
    cameras: [`bench=${tap?.url ?? camera.url()}`],
    clock: systemClock,
    log: () => {},
    report: say,
    observeLeg: (leg) => timed(leg, (timing) => legs.push(timing)),
  })
  return {
    url: mihari.url,
    signInLink: mihari.signInLink,
    cameraUrl: camera.url(),
    billedMessages() {
      const { messagesIn, messagesOut } = mihari.cloud.meter.snapshot()
      return messagesIn + messagesOut
    },
    async nextAnswer() {
      legs = []
      return { at: (await tap?.nextAnswer()) ?? 0, legs }
    },
    async stop() {
      await mihari.stop()
      tap?.close()
      await camera.program.stop()
      rmSync(dataFolder, { recursive: true, force: true })
    },
  }
}

function timed(leg: Leg, note: (timing: LegTiming) => void): Leg {
  return {
    carry(deliver) {
      const departedAt = now()
      leg.carry(() => {
        note({ departedAt, arrivedAt: now() })
        deliver()
      })
    },
  }
}

const now = (): number => performance.timeOrigin + performance.now()
