import type { ViewerAsk } from '../../../protocol/request.ts'
import type { Backend } from '../backend.ts'
import { hangUpCalls } from '../calls/end-calls.ts'
import type { PersonRecord } from '../records.ts'
import type { Asker } from '../requests/asker.ts'
import { done, type Result, refused } from '../requests/result.ts'
import { settleAll } from '../settle-all.ts'
import { changePerson } from './change-person.ts'
import { showAsOwner } from './show-as-owner.ts'

export async function setOwner(
  backend: Backend,
  asker: Asker,
  { person, owner }: ViewerAsk<'set-owner'>,
): Promise<Result<'set-owner'>> {
  const changed = await changePerson(backend, person, (before) =>
    owner ? promoted(before) : dismissed(backend, asker, before),
  )
  if (typeof changed === 'string') return refused(changed)
  backend.log.info('owner-set', { person, owner, by: asker.person.person })
  await showAsOwner(backend, person)
  if (!owner) await endOwnersCalls(backend, person)
  return done({})
}

function promoted(before: PersonRecord | null): PersonRecord | 'unknown-person' {
  if (before === null) return 'unknown-person'
  return before.owner ? before : { ...before, revision: before.revision + 1, owner: true }
}

/**
 * Another owner's record is written first, as the witness that one remains: of two who dismiss each other at the same
 * time, each has changed what the other has read, and so at most one write comes through.
 */
async function dismissed(
  backend: Backend,
  asker: Asker,
  before: PersonRecord | null,
): Promise<PersonRecord | 'unknown-person' | 'last-owner' | 'not-allowed'> {
  if (before === null) return 'unknown-person'
  if (!before.owner) return before
  const owners = (await backend.store.listPeople()).filter(({ owner }) => owner)
  if (!owners.some(({ person }) => person === asker.person.person)) return 'not-allowed'
  for (const { person } of owners) {
    if (person !== before.person && (await writeWitness(backend, person))) {
      return { ...before, revision: before.revision + 1, owner: false }
    }
  }
  return 'last-owner'
}

/** False when that one is no owner any more. */
async function writeWitness(backend: Backend, person: string): Promise<boolean> {
  const written = await changePerson(backend, person, (before) =>
    before?.owner === true ? { ...before, revision: before.revision + 1 } : 'no-owner',
  )
  return written !== 'no-owner'
}

/** What the person may see by a grant can be called again. */
async function endOwnersCalls(backend: Backend, person: string): Promise<void> {
  const devices = await backend.store.listDevices()
  await settleAll(
    devices.map(({ id }) =>
      hangUpCalls(backend, id, 'access-revoked', (call) => call.viewer === person && call.role === 'owner'),
    ),
  )
}
