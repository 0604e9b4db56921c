import type { Person } from '../../../protocol/operations.ts'
import type { PageActions } from '../../page.ts'
import { allPages } from '../../viewer/all-pages.ts'
import { useLoaded } from './use-loaded.ts'

/** Everyone who has signed in. */
export function usePeople(actions: PageActions) {
  return useLoaded<readonly Person[]>(
    () =>
      allPages(
        (cursor) => actions.ask('list-people', { cursor }),
        (answer) => answer.people,
        ({ person }) => person,
      ),
    null,
  )
}
