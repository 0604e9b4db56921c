import { useState } from 'preact/hooks'
import type { Page } from '../page.ts'
import { catalogueOf } from '../text/catalogues.ts'
import { AccountSheet } from './account/account-sheet.tsx'
import { Mark, PersonIcon, SettingsIcon } from './icons.tsx'
import { LazyPart } from './parts/lazy-part.tsx'
import { Sheet } from './parts/sheet.tsx'

const loadSettings = () => import('./settings/settings-panel.tsx').then((part) => part.SettingsPanel)

export function Header({ page }: { page: Page }) {
  const [open, setOpen] = useState<'account' | 'settings' | null>(null)
  const language = page.language.value
  const text = catalogueOf(language)
  const session = page.session.value
  const { self } = page.viewer.value
  const other = language === 'en' ? 'ja' : 'en'
  const signedIn = session.phase === 'signed-in'
  const closed = () => setOpen(null)
  return (
    <header>
      <h1>
        <Mark />
        <span>Mihari</span>
        <span class="kanji" lang="ja" aria-hidden="true">
          見張り
        </span>
      </h1>
      {session.phase === 'guest' && self !== null && (
        <p class="as" dir="auto">
          {text.sharing.guestOf(self.name)}
        </p>
      )}
      <nav>
        <button type="button" class="quiet" lang={other} onClick={() => page.actions.chooseLanguage(other)}>
          {text.otherLanguage}
        </button>
        {signedIn && self?.owner === true && (
          <button
            type="button"
            class="quiet"
            aria-label={text.account.settings}
            title={text.account.settings}
            onClick={() => setOpen('settings')}
          >
            <SettingsIcon />
          </button>
        )}
        {signedIn && (
          <button
            type="button"
            class="quiet account"
            aria-label={`${text.account.title}: ${session.name}`}
            title={session.name}
            onClick={() => setOpen('account')}
          >
            <PersonIcon />
            <span dir="auto">{session.name}</span>
          </button>
        )}
      </nav>
      {signedIn && open === 'account' && (
        <AccountSheet text={text} name={session.name} self={self} actions={page.actions} closed={closed} />
      )}
      {signedIn && open === 'settings' && (
        <Sheet title={text.account.settings} closeLabel={text.action.close} closed={closed}>
          <LazyPart text={text} load={loadSettings} props={{ page }} />
        </Sheet>
      )}
    </header>
  )
}
