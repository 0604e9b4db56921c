import type { ViewerHello } from '../../../protocol/hello.ts'
import type { Backend } from '../backend.ts'
import { dismissal, type Outcome, say } from '../outcome.ts'
import type { Sender, ViewerPrincipal } from '../principal.ts'
import { versionRefusal } from '../version-refusal.ts'
import { greetGuest } from './greet-guest.ts'
import { greetPerson } from './greet-person.ts'
import type { Fall } from './standing.ts'
import { type Admitted, welcome } from './welcome.ts'

export async function greetViewer(
  backend: Backend,
  sender: Sender<ViewerPrincipal>,
  hello: ViewerHello,
): Promise<Outcome> {
  const refusal = versionRefusal(hello.protocol)
  if (refusal !== null) return say(refusal)
  const admitted = await admit(backend, sender)
  if (typeof admitted !== 'string') return say(welcome(backend, admitted))
  await backend.store.removeConnection(sender.connection)
  return dismissal(backend, sender.connection, admitted)
}

function admit(
  backend: Backend,
  { principal, connection }: Sender<ViewerPrincipal>,
): Promise<Admitted | Fall> {
  return principal.kind === 'person'
    ? greetPerson(backend, principal, connection)
    : greetGuest(backend, principal, connection)
}
