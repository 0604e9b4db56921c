import type { Backend } from '../backend.ts'
import type { Person } from '../principal.ts'
import type { PersonRecord } from '../records.ts'
import { isSignedOut } from '../viewers/standing.ts'

const ATTEMPTS = 5

/** The record of who has signed in, made at the first time and kept true to what the issuer says. */
export async function recognisePerson(
  backend: Backend,
  principal: Person,
): Promise<PersonRecord | 'signed-out'> {
  const { store, log, now } = backend
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const before = await store.getPerson(principal.id)
    if (isSignedOut(principal, before)) return 'signed-out'
    const founds = before?.founder !== true && (await isFirstOwner(backend, principal))
    const known: PersonRecord = before ?? {
      person: principal.id,
      revision: 0,
      name: '',
      email: null,
      owner: false,
      signedOutAt: 0,
      since: now(),
    }
    const { name } = principal
    if (before !== null && !founds && known.name === name && known.email === principal.email) return known
    const after: PersonRecord = {
      ...known,
      revision: known.revision + 1,
      name,
      email: principal.email,
      ...(founds ? { owner: true, founder: true } : {}),
    }
    if ((await store.putPerson(after, before?.revision ?? null)) === 'conflict') continue
    if (founds) log.info('first-owner', { person: principal.id })
    return after
  }
  throw new Error(`person ${principal.id} was changed ${ATTEMPTS} times while signing in`)
}

/** Whether the deployment means this person, who is the first to prove the address that it names [R33]. */
async function isFirstOwner({ store, ownerEmail }: Backend, { id, email }: Person): Promise<boolean> {
  return email !== null && email === ownerEmail && (await store.bindFirstOwner(ownerEmail, id)) === id
}
