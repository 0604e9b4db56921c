import type { Backend } from '../backend.ts'
import { hangUpCalls } from '../calls/end-calls.ts'
import { dismissConnections, unlistViewers } from '../presence/dismiss-viewers.ts'
import type { Asker } from '../requests/asker.ts'
import { done, type Result, refused } from '../requests/result.ts'
import { settleAll } from '../settle-all.ts'
import { changePerson } from './change-person.ts'

/**
 * Tokens of before are refused from the first write on; then nothing is told any more to whom they let in, and what
 * they have begun ends [R36].
 */
export async function signOutEverywhere(
  backend: Backend,
  { person: { person } }: Asker,
): Promise<Result<'sign-out-everywhere'>> {
  const at = backend.now()
  const changed = await changePerson(backend, person, (before) =>
    before === null
      ? 'unknown-person'
      : { ...before, revision: before.revision + 1, signedOutAt: Math.max(at, before.signedOutAt) },
  )
  if (changed === 'unknown-person') return refused(changed)
  backend.log.info('signed-out-everywhere', { person })
  const connections = await unlistViewers(backend, [person])
  const dismiss = () => dismissConnections(backend, connections, 'signed-out')
  try {
    await endCallsOf(backend, person)
  } catch (error) {
    await dismiss()
    throw error
  }
  return done({}, dismiss)
}

async function endCallsOf(backend: Backend, person: string): Promise<void> {
  const devices = await backend.store.listDevices()
  await settleAll(
    devices.map(({ id }) => hangUpCalls(backend, id, 'signed-out', (call) => call.viewer === person)),
  )
}
