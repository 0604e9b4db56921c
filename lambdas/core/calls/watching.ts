import type { Watch } from '../../../protocol/operations.ts'
import type { Backend } from '../backend.ts'
import { tellEach } from '../presence/tell-viewer.ts'
import type { CallRecord } from '../records.ts'

/**
 * The reason of a call that was over before it began [R14], which is nobody's visit. No client can say it: a
 * hangup's reason is never empty.
 */
export const NEVER_BEGAN = ''

export function watchOf(call: CallRecord): Watch {
  const { camera, name, role, startedAt, endedAt, endReason } = call
  return {
    call: call.call,
    camera,
    name,
    role,
    startedAt,
    ...(endedAt === null ? {} : { endedAt }),
    ...(endReason === null ? {} : { reason: endReason }),
  }
}

/** To every owner but the viewer itself [R45]. */
export async function tellOwners(backend: Backend, call: CallRecord): Promise<void> {
  const message = { type: 'watching', watch: watchOf(call) } as const
  await tellEach(backend, ({ owner, connection }) =>
    owner && connection !== call.viewerConnection ? [message] : [],
  )
}
