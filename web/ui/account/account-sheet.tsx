import type { Self } from '../../../protocol/welcome.ts'
import type { PageActions } from '../../page.ts'
import type { Catalogue } from '../../text/catalogue.ts'
import { AskedFirst } from '../parts/asked-first.tsx'
import { Sheet } from '../parts/sheet.tsx'

interface AccountSheetProps {
  readonly text: Catalogue
  readonly name: string
  readonly self: Self | null
  readonly actions: PageActions
  readonly closed: () => void
}

export function AccountSheet({ text, name, self, actions, closed }: AccountSheetProps) {
  const { account } = text
  return (
    <Sheet title={account.title} closeLabel={text.action.close} closed={closed}>
      <div class="who">
        <strong dir="auto">{name}</strong>
        <span>{self?.owner === true ? account.roles.owner : account.roles.person}</span>
      </div>
      <div class="stack">
        <button type="button" class="strong" onClick={actions.signOut}>
          {account.signOut}
        </button>
        {/* The cloud tells every connection, this one too [R36]: the page then says so. */}
        <AskedFirst
          text={text}
          question={account.everywhere}
          act={() => actions.ask('sign-out-everywhere', {})}
          done={closed}
        />
      </div>
    </Sheet>
  )
}
