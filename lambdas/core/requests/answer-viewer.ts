import type { ViewerOperation } from '../../../protocol/operations.ts'
import { doneReply, refusedReply } from '../../../protocol/reply.ts'
import type { ViewerAsk, ViewerRequest } from '../../../protocol/request.ts'
import type { Backend } from '../backend.ts'
import { listHistory } from '../calls/list-history.ts'
import { listWatchers } from '../calls/list-watchers.ts'
import { listDevices } from '../devices/list-devices.ts'
import { renameCamera } from '../devices/rename-camera.ts'
import { renameDevice } from '../devices/rename-device.ts'
import { grantByLink } from '../grants/grant-by-link.ts'
import { grantToPerson } from '../grants/grant-to-person.ts'
import { listGrants } from '../grants/list-grants.ts'
import { revokeGrant } from '../grants/revoke-grant.ts'
import { dismissal, type Outcome, say } from '../outcome.ts'
import { claimDevice } from '../pairing/claim-device.ts'
import { unpairDevice } from '../pairing/unpair-device.ts'
import { listPeople } from '../people/list-people.ts'
import { setOwner } from '../people/set-owner.ts'
import { signOutEverywhere } from '../people/sign-out-everywhere.ts'
import type { Sender, ViewerPrincipal } from '../principal.ts'
import { isSignedOut } from '../viewers/standing.ts'
import type { Asker } from './asker.ts'
import type { Result } from './result.ts'

type Asks = { readonly [Op in ViewerOperation]: ViewerAsk<Op> }

interface Act<Op extends ViewerOperation> {
  readonly who: 'owner' | 'person'
  readonly act: (backend: Backend, asker: Asker, ask: Asks[Op]) => Promise<Result<Op>>
}

/** Who may ask for what, and what is done then [R44]. */
const ACTS: { readonly [Op in ViewerOperation]: Act<Op> } = {
  'claim-device': { who: 'owner', act: claimDevice },
  'list-devices': { who: 'owner', act: listDevices },
  'rename-device': { who: 'owner', act: renameDevice },
  'unpair-device': { who: 'owner', act: unpairDevice },
  'rename-camera': { who: 'owner', act: renameCamera },
  'list-grants': { who: 'owner', act: listGrants },
  'grant-to-person': { who: 'owner', act: grantToPerson },
  'grant-by-link': { who: 'owner', act: grantByLink },
  'revoke-grant': { who: 'owner', act: revokeGrant },
  'list-people': { who: 'owner', act: listPeople },
  'set-owner': { who: 'owner', act: setOwner },
  'list-watchers': { who: 'owner', act: listWatchers },
  'list-history': { who: 'owner', act: listHistory },
  'sign-out-everywhere': { who: 'person', act: signOutEverywhere },
}

/** The asker's standing is read at every request [R34]. */
export async function answerViewer(
  backend: Backend,
  { principal, connection }: Sender<ViewerPrincipal>,
  { id, ask }: ViewerRequest,
): Promise<Outcome> {
  if (principal.kind === 'guest') return say(refusedReply(id, 'not-allowed'))
  const person = await backend.store.getPerson(principal.id)
  if (isSignedOut(principal, person)) return dismissal(backend, connection, 'signed-out')
  if (person === null || (ACTS[ask.op].who === 'owner' && !person.owner)) {
    return say(refusedReply(id, 'not-allowed'))
  }
  return perform(backend, { principal, person, connection }, id, ask.op, ask)
}

async function perform<Op extends ViewerOperation>(
  backend: Backend,
  asker: Asker,
  id: string,
  op: Op,
  ask: Asks[Op],
): Promise<Outcome> {
  const result: Result<Op> = await ACTS[op].act(backend, asker, ask)
  if (result.kind === 'refused') return say(refusedReply(id, result.code, result.detail))
  const { answer, afterwards } = result
  return { say: doneReply<Op>(id, answer), ...(afterwards === undefined ? {} : { afterwards }) }
}
