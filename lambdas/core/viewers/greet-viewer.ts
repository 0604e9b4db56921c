import type { ViewerHello } from '../../../protocol/hello.ts'
import type { Backend } from '../backend.ts'
import { noteLapsedLeases } from '../devices/note-lapsed-leases.ts'
import { dismissal, type Outcome, say } from '../outcome.ts'
import type { Sender, ViewerPrincipal } from '../principal.ts'
import { versionRefusal } from '../version-refusal.ts'
import { greetGuest } from './greet-guest.ts'
import { greetPerson } from './greet-person.ts'
import type { Fall } from './standing.ts'
import { type Greeted, welcome } from './welcome.ts'

export async function greetViewer(
  backend: Backend,
  sender: Sender<ViewerPrincipal>,
  hello: ViewerHello,
): Promise<Outcome> {
  const refusal = versionRefusal(hello.protocol)
  if (refusal !== null) return say(refusal)
  const admitted = await admit(backend, sender)
  if (typeof admitted !== 'string') {
    const { devices } = admitted
    return {
      say: welcome(backend, sender, admitted),
      afterwards: () => noteLapsedLeases(backend, devices),
    }
  }
  await backend.store.removeConnection(sender.connection)
  return dismissal(backend, sender.connection, admitted)
}

function admit(backend: Backend, sender: Sender<ViewerPrincipal>): Promise<Greeted | Fall> {
  const { principal, ...at } = sender
  return principal.kind === 'person'
    ? greetPerson(backend, { principal, ...at })
    : greetGuest(backend, { principal, ...at })
}
