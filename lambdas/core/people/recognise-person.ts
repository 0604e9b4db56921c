import type { Backend } from '../backend.ts'
import type { Person } from '../principal.ts'
import type { PersonRecord } from '../records.ts'
import { isSignedOut } from '../viewers/standing.ts'
import { changePerson } from './change-person.ts'

/** The record of who has signed in, made at the first time and kept true to what the issuer says. */
export async function recognisePerson(
  backend: Backend,
  principal: Person,
): Promise<PersonRecord | 'signed-out'> {
  const { log, now } = backend
  const { id, name, email } = principal
  const changed = await changePerson(backend, id, async (before) => {
    if (isSignedOut(principal, before)) return 'signed-out'
    const founds = before?.founder !== true && (await isFirstOwner(backend, principal))
    if (before !== null && !founds && before.name === name && before.email === email) return before
    const known = before ?? { person: id, revision: 0, owner: false, signedOutAt: 0, since: now() }
    return {
      ...known,
      revision: known.revision + 1,
      name,
      email,
      ...(before !== null && before.email !== email ? { emailSince: now() } : {}),
      ...(founds ? { owner: true, founder: true } : {}),
    }
  })
  if (changed === 'signed-out') return changed
  const { before, after } = changed
  if (after.founder === true && before?.founder !== true) log.info('first-owner', { person: id })
  return after
}

/** Whether the deployment means this person, who is the first to prove the address that it names [R33]. */
async function isFirstOwner({ store, ownerEmail }: Backend, { id, email }: Person): Promise<boolean> {
  return email !== null && email === ownerEmail && (await store.bindFirstOwner(ownerEmail, id)) === id
}
