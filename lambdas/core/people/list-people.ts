import type { ViewerAsk } from '../../../protocol/request.ts'
import type { Backend } from '../backend.ts'
import type { Asker } from '../requests/asker.ts'
import { pageOf } from '../requests/page.ts'
import type { Result } from '../requests/result.ts'

export async function listPeople(
  { store }: Backend,
  asker: Asker,
  { cursor }: ViewerAsk<'list-people'>,
): Promise<Result<'list-people'>> {
  const everyone = (await store.listPeople()).map(({ person, name, owner, since }) => ({
    person,
    name,
    owner,
    self: person === asker.person.person,
    since,
  }))
  return pageOf(
    everyone,
    ({ since, person }) => ({ at: since, id: person }),
    'oldest-first',
    cursor,
    (people) => ({ people }),
  )
}
