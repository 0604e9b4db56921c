import type { ViewerAsk } from '../../../protocol/request.ts'
import type { Backend } from '../backend.ts'
import { hangUpCalls } from '../calls/end-calls.ts'
import type { PersonRecord } from '../records.ts'
import type { Asker } from '../requests/asker.ts'
import { done, type Result, refused } from '../requests/result.ts'
import { settleAll } from '../settle-all.ts'
import { changePerson } from './change-person.ts'
import { showAsOwner } from './show-as-owner.ts'

const ATTEMPTS = 8

export async function setOwner(
  backend: Backend,
  asker: Asker,
  { person, owner }: ViewerAsk<'set-owner'>,
): Promise<Result<'set-owner'>> {
  const outcome = owner ? await promote(backend, person) : await dismiss(backend, asker, person)
  if (outcome !== 'saved') return refused(outcome)
  backend.log.info('owner-set', { person, owner, by: asker.person.person })
  await showAsOwner(backend, person)
  if (!owner) await endOwnersCalls(backend, person)
  return done({})
}

async function promote(backend: Backend, id: string): Promise<'saved' | 'unknown-person'> {
  const person = await changePerson(backend, id, (before) =>
    before.owner ? before : { ...before, revision: before.revision + 1, owner: true },
  )
  return person === null ? 'unknown-person' : 'saved'
}

/**
 * Another owner's record is written first, as the witness that one remains: of two who dismiss each other at the same
 * time, each has changed what the other has read, and so at most one write comes through.
 */
async function dismiss(
  { store }: Backend,
  asker: Asker,
  id: string,
): Promise<'saved' | 'unknown-person' | 'last-owner' | 'not-allowed'> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const people = await store.listPeople()
    const target = people.find(({ person }) => person === id)
    if (target === undefined) return 'unknown-person'
    if (!target.owner) return 'saved'
    const owners = people.filter((one) => one.owner)
    if (!owners.some(({ person }) => person === asker.person.person)) return 'not-allowed'
    const witness = owners.find(({ person }) => person !== id)
    if (witness === undefined) return 'last-owner'
    if ((await write(store, witness)) === 'conflict') continue
    if ((await write(store, { ...target, owner: false })) === 'saved') return 'saved'
  }
  throw new Error(`person ${id} was changed ${ATTEMPTS} times while being dismissed`)
}

function write(store: Backend['store'], person: PersonRecord): Promise<'saved' | 'conflict'> {
  return store.putPerson({ ...person, revision: person.revision + 1 }, person.revision)
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
