import type { Backend } from '../backend.ts'
import { bindGrants } from '../grants/bind-grants.ts'
import { recognisePerson } from '../people/recognise-person.ts'
import { visibleCameras } from '../presence/presence.ts'
import type { Person, Sender } from '../principal.ts'
import { listConnection } from './list-connection.ts'
import { isSignedOut } from './standing.ts'
import type { Greeted } from './welcome.ts'

const ATTEMPTS = 5

/**
 * Who signs out everywhere, makes or dismisses an owner writes the person first and lists the connections after; here
 * the connection is listed first and the person read again after. So one of the two sees the other.
 */
export async function greetPerson(backend: Backend, sender: Sender<Person>): Promise<Greeted | 'signed-out'> {
  const { store, now } = backend
  const { principal } = sender
  const known = await recognisePerson(backend, principal)
  if (known === 'signed-out') return known
  let { owner } = known
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const onlooker = { viewer: principal.id, owner }
    await listConnection(backend, sender, onlooker)
    const [person, devices] = await Promise.all([store.getPerson(principal.id), store.listDevices()])
    if (isSignedOut(principal, person)) return 'signed-out'
    if (person !== null && person.owner !== owner) {
      owner = person.owner
      continue
    }
    const bound = await bindGrants(backend, principal, devices)
    const cameras = bound.flatMap((device) => visibleCameras(onlooker, device, now()))
    return { self: { kind: 'person', name: known.name, owner }, cameras, devices: bound }
  }
  throw new Error(`person ${principal.id} was changed ${ATTEMPTS} times while saying hello`)
}
