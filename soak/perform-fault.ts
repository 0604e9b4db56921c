import type { Cast } from './cast.ts'
import type { SoakFault, ViewerFault } from './faults.ts'
import type { Home } from './home/home.ts'
import { knock } from './knock.ts'
import { rest } from './rest.ts'
import type { ViewersProcess } from './viewers/viewers.ts'

/** One of two connectors with one key has to be gone by then, also where both had to look for the cloud first. */
const REPLACED_MS = 30_000
const EXIT_REPLACED = 3

export interface Stage {
  readonly home: Home
  readonly cast: Cast
  readonly viewers: ViewersProcess
  /** Resolves when everybody says what is true, rejects when that takes too long. */
  readonly untilTold: (away: 'camera' | 'connector') => Promise<void>
  /** All faults of the burst, and those before it that may show only now. */
  readonly around: readonly SoakFault[]
  readonly patience: number
}

/** Lets it happen and undoes it; rejects when something did not end as it has to. */
export async function performFault(fault: SoakFault, stage: Stage): Promise<void> {
  const { home, cast } = stage
  switch (fault.on) {
    case 'service':
      await home.cloud.inject(fault.fault)
      if ('forMs' in fault.fault) await rest(fault.fault.forMs)
      return
    case 'cloud':
      await (fault.how === 'kill' ? home.cloud.kill() : home.cloud.stop())
      await rest(fault.forMs)
      return stage.viewers.tellSurroundings(await home.startCloudAgain())
    case 'connector':
      return onConnector(fault, stage)
    case 'camera':
      return onCamera(fault, stage)
    case 'viewer':
      return onViewer(fault, cast)
    case 'knocker':
      return knock(fault, stage)
    default:
      return fault satisfies never
  }
}

async function onConnector(
  fault: Extract<SoakFault, { on: 'connector' }>,
  { home, untilTold, around, patience }: Stage,
): Promise<void> {
  const connector = home.connectors[fault.connector]
  if (connector === undefined) throw new Error(`there is no connector ${fault.connector}`)
  switch (fault.how) {
    case 'kill':
      await connector.kill()
      await rest(fault.forMs)
      return connector.start()
    case 'stop': {
      const { code, signal } = await connector.stop()
      if (code !== 0) throw new Error(`connector ${fault.connector} ended with ${signal ?? code} on SIGTERM`)
      await rest(fault.forMs)
      return connector.start()
    }
    case 'freeze':
      connector.freeze()
      await rest(fault.forMs)
      return connector.thaw()
    case 'roll-over':
      return connector.rollOver()
    case 'away':
      await connector.kill()
      try {
        return await untilTold('connector')
      } finally {
        await connector.start()
      }
    case 'clone':
      return clone(fault.connector, home, { mayReconnect: mayReconnect(fault, around), patience })
    default:
      return fault satisfies never
  }
}

/** Whether something else in the burst may have the older card connect once more, after the newer. */
function mayReconnect(fault: SoakFault & { on: 'connector' }, around: readonly SoakFault[]): boolean {
  return around.some(
    (other) =>
      other.on === 'service' ||
      other.on === 'cloud' ||
      (other !== fault && other.on === 'connector' && other.connector === fault.connector),
  )
}

/** Whichever connects last is the newer [R5]: the clone, unless the older may have had to connect again. */
async function clone(
  index: number,
  home: Home,
  { mayReconnect, patience }: { readonly mayReconnect: boolean; readonly patience: number },
): Promise<void> {
  const cards = await home.addClone(index)
  const first = await Promise.race([...cards.map(({ exited }) => exited), rest(REPLACED_MS * patience)])
  const left = cards.find(({ reachable }) => reachable)
  const [older] = cards
  if (left !== undefined) await home.keep(index, left)
  if (first?.code !== EXIT_REPLACED) {
    throw new Error(`of two connectors with one key none ended with 3 (${first?.code ?? 'both go on'})`)
  }
  if (left === undefined) throw new Error('of two connectors with one key none is left')
  if (left === older && !mayReconnect) throw new Error('of two connectors with one key the older is left')
}

async function onCamera(
  fault: Extract<SoakFault, { on: 'camera' }>,
  { home, untilTold }: Stage,
): Promise<void> {
  const { process: camera } = home.cameraAt(fault.camera)
  switch (fault.how) {
    case 'kill':
      await camera.kill()
      await rest(fault.forMs)
      return camera.start()
    case 'freeze':
      camera.freeze()
      await rest(fault.forMs)
      return camera.thaw()
    case 'away':
      await camera.kill()
      try {
        return await untilTold('camera')
      } finally {
        await camera.start()
      }
    default:
      return fault satisfies never
  }
}

async function onViewer(fault: ViewerFault, cast: Cast): Promise<void> {
  const { viewer } = fault
  switch (fault.how) {
    case 'away':
      await cast.do(viewer, { kind: 'hide' })
      await rest(fault.forMs)
      return cast.do(viewer, { kind: 'show' })
    case 'no-network':
      await cast.do(viewer, { kind: 'lose-network' })
      await rest(fault.forMs)
      return cast.do(viewer, { kind: 'find-network' })
    case 'hang-up':
      await cast.do(viewer, { kind: 'leave' })
      await rest(fault.forMs)
      return cast.call(viewer)
    case 'new-address':
      return cast.do(viewer, { kind: 'change-address' })
    case 'reload':
      return cast.do(viewer, { kind: 'reload', how: 'clean' })
    case 'reload-rough':
      return cast.do(viewer, { kind: 'reload', how: 'rough' })
    case 'vanish':
    case 'ghost':
      await cast.do(viewer, { kind: 'vanish' })
      return cast.open(viewer)
    case 'roll-over':
      return cast.rollOver(viewer)
    default:
      return fault satisfies never
  }
}
