import type { PresenceState } from '../../protocol/presence.ts'
import { nameOf } from './check-sessions.ts'
import type { CameraFacts, Facts, Sights } from './facts.ts'

/** Every open page is connected, shows the cameras that it is to show, and says of each what is true. */
export function checkPresence({ cameras, viewers }: Facts, sights: Sights): readonly string[] {
  return viewers.flatMap((viewer, index) => {
    if (!viewer.open) return []
    if (viewer.link !== 'welcomed' || viewer.cameras === null) return [`viewer ${index} is ${viewer.link}`]
    const told = viewer.cameras
    const sight = sights[index] ?? []
    const surplus = Object.keys(told).filter((id) => !sight.includes(id))
    return [
      ...surplus.map((id) => `viewer ${index} is shown ${nameOf(id)}, and is not to be`),
      ...sight.flatMap((id) => {
        const camera = cameras.find((one) => one.id === id)
        const state = told[id] ?? 'unknown'
        const truth = camera === undefined ? 'removed' : truthOf(camera)
        return state === truth ? [] : [`viewer ${index} takes ${nameOf(id)} for ${state}, which is ${truth}`]
      }),
    ]
  })
}

function truthOf({ connectorUp, reachable, calls, maxCalls }: CameraFacts): PresenceState {
  if (!connectorUp) return 'offline'
  if (!reachable) return 'unreachable'
  return (calls?.length ?? 0) >= maxCalls ? 'busy' : 'online'
}
