import type { PresenceState } from '../../protocol/presence.ts'
import { nameOf } from './check-sessions.ts'
import type { CameraFacts, Facts } from './facts.ts'

/** Every open page is connected, and says of every camera what is true. */
export function checkPresence({ cameras, viewers }: Facts): readonly string[] {
  return viewers.flatMap((viewer, index) => {
    if (!viewer.open) return []
    if (viewer.link !== 'welcomed' || viewer.cameras === null) return [`viewer ${index} is ${viewer.link}`]
    const told = Object.entries(viewer.cameras)
    if (told.length === 0) return [`viewer ${index} knows no camera`]
    return told.flatMap(([id, state]) => {
      const camera = cameras.find((one) => one.id === id)
      const truth = camera === undefined ? 'removed' : truthOf(camera)
      return state === truth ? [] : [`viewer ${index} takes ${nameOf(id)} for ${state}, which is ${truth}`]
    })
  })
}

function truthOf({ connectorUp, reachable, calls, maxCalls }: CameraFacts): PresenceState {
  if (!connectorUp) return 'offline'
  if (!reachable) return 'unreachable'
  return (calls?.length ?? 0) >= maxCalls ? 'busy' : 'online'
}
