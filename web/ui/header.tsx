import type { Catalogue } from '../text/catalogue.ts'
import type { Language } from '../text/languages.ts'
import { Mark } from './icons.tsx'

interface HeaderProps {
  readonly text: Catalogue
  readonly language: Language
  readonly choose: (language: Language) => void
}

export function Header({ text, language, choose }: HeaderProps) {
  const other = language === 'en' ? 'ja' : 'en'
  return (
    <header>
      <h1>
        <Mark />
        <span>Mihari</span>
        <span class="kanji" lang="ja" aria-hidden="true">
          見張り
        </span>
      </h1>
      <button type="button" class="quiet" lang={other} onClick={() => choose(other)}>
        {text.otherLanguage}
      </button>
    </header>
  )
}
