import type { Backend } from '../backend.ts'
import { hangUpCalls } from '../calls/end-calls.ts'
import { dismissViewers } from '../presence/dismiss-viewers.ts'
import type { Asker } from '../requests/asker.ts'
import { done, type Result, refused } from '../requests/result.ts'
import { settleAll } from '../settle-all.ts'
import { changePerson } from './change-person.ts'

/** Tokens of before are refused from the first write on; then what they have begun ends [R36]. */
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
  const devices = await backend.store.listDevices()
  await settleAll(
    devices.map(({ id }) => hangUpCalls(backend, id, 'signed-out', (call) => call.viewer === person)),
  )
  return done({}, () => dismissViewers(backend, [person], 'signed-out'))
}
