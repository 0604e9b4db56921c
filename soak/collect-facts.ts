import type { HealthReport } from '../edge-connector/health/health-report.ts'
import type { Home } from './home/home.ts'
import type { CameraFacts, Facts } from './invariants/facts.ts'
import { CAMERAS } from './layout.ts'
import type { ViewersProcess } from './viewers/viewers.ts'

/** Asks everybody at the same time. */
export async function collectFacts(home: Home, viewers: ViewersProcess): Promise<Facts> {
  const [reports, streams, seen] = await Promise.all([
    Promise.all(home.connectors.map((connector) => orNull(connector.reachable, () => connector.health()))),
    Promise.all(home.cameras.map((camera) => orNull(camera.reachable, () => camera.status()))),
    viewers.facts(),
  ])
  const cameras = CAMERAS.map((plan, index): CameraFacts => {
    const report: HealthReport | null = reports[plan.connector] ?? null
    const calls = report?.calls.filter(({ camera }) => camera === plan.name)
    return {
      id: home.cameraAt(index).id,
      maxCalls: plan.maxCalls,
      reachable: home.cameras[index]?.reachable === true,
      connectorUp: home.connectors[plan.connector]?.reachable === true,
      sessions: streams[index]?.sessions ?? null,
      sockets: streams[index]?.sockets ?? null,
      abandoned: streams[index]?.abandoned ?? null,
      calls: calls?.map(({ call }) => call) ?? null,
    }
  })
  return { cameras, viewers: seen }
}

/** Who is just ending or starting cannot be asked, and that is a fact too. */
async function orNull<Answer>(reachable: boolean, ask: () => Promise<Answer>): Promise<Answer | null> {
  return reachable ? ask().catch(() => null) : null
}
