import type { CameraCondition } from '../../protocol/hello.ts'

export function conditionOf(camera: {
  readonly reachable: boolean
  readonly calls: number
  readonly maxCalls: number
}): CameraCondition {
  if (!camera.reachable) return 'unreachable'
  return camera.calls >= camera.maxCalls ? 'busy' : 'ready'
}
