import { splitCameraId } from '../../../protocol/identifiers.ts'
import type { ViewerAsk } from '../../../protocol/request.ts'
import type { Backend } from '../backend.ts'
import { changeDevice } from '../devices/change-device.ts'
import type { DeviceRecord, GrantRecord, PersonGrant, PersonRecord } from '../records.ts'
import type { Asker } from '../requests/asker.ts'
import { done, type Result, refused } from '../requests/result.ts'
import { withGrant } from './add-grant.ts'
import { bindGrants } from './bind-grants.ts'
import { newGrantId } from './new-grant-id.ts'

/**
 * A right for whoever has proven the address, or will. An invitation is sent only when the right stands: who comes
 * by it sees the camera at once.
 */
export async function grantToPerson(
  backend: Backend,
  asker: Asker,
  { camera, email: typed }: ViewerAsk<'grant-to-person'>,
): Promise<Result<'grant-to-person'>> {
  const { device: deviceId, name } = splitCameraId(camera)
  const email = typed.toLowerCase()
  const known = await whoHasProven(backend, email)
  const id = newGrantId(backend)
  const changed = await changeDevice(backend, deviceId, (before, now) => {
    if (before !== null && grantFor(before, name, email, known) !== null) return null
    return withGrant(
      before,
      { kind: 'person', grant: id, camera: name, email, person: known, createdAt: now },
      now,
    )
  })
  if (changed.kind === 'kept' && changed.why !== null) return refused(changed.why)
  const device = changed.kind === 'changed' ? changed.after : changed.before
  const grant = device === null ? null : grantFor(device, name, email, known)
  if (device === null || grant === null) return refused('internal')
  if (changed.kind === 'changed')
    backend.log.info('granted', { camera, grant: grant.grant, by: asker.person.person })
  if (grant.person !== null) return done({ grant: grant.grant, invitation: 'known' })

  // Someone may have signed in for the first time since, and have found no grant yet.
  const since = await whoHasProven(backend, email)
  if (since !== null) {
    await bindGrants(backend, { id: since, email }, [device])
    return done({ grant: grant.grant, invitation: 'known' })
  }
  return invite(backend, email, grant)
}

async function invite(
  { accounts, log }: Backend,
  email: string,
  { grant }: PersonGrant,
): Promise<Result<'grant-to-person'>> {
  try {
    return done({ grant, invitation: await accounts.invite(email) })
  } catch (error) {
    // Its message may have the address in it.
    log.error('invitation-failed', { grant, error: error instanceof Error ? error.name : 'unknown' })
    return refused('invitation-failed')
  }
}

/** Of several with one address who proved it last: an account was made anew, or the address given to somebody else. */
async function whoHasProven({ store }: Backend, email: string): Promise<string | null> {
  const people = (await store.listPeople()).filter((person) => person.email === email)
  return people.toSorted((a, b) => provenAt(b) - provenAt(a))[0]?.person ?? null
}

function provenAt({ emailSince, since }: PersonRecord): number {
  return emailSince ?? since
}

/** One that is bound to somebody else, who had the address before, gives nothing to who has it now. */
function grantFor(
  device: DeviceRecord,
  camera: string,
  email: string,
  known: string | null,
): PersonGrant | null {
  if (device.paired === null) return null
  const isTheirs = (grant: GrantRecord): grant is PersonGrant =>
    grant.kind === 'person' &&
    grant.camera === camera &&
    (grant.person === null ? grant.email === email : grant.person === known)
  return device.grants.find(isTheirs) ?? null
}
