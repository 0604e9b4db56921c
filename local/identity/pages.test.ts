import { expect, it } from 'vitest'
import { STYLE } from './page-style.ts'
import { choosePageLanguage } from './page-text.ts'
import {
  enterPage,
  failedPage,
  leavePage,
  leftPage,
  noEntrancePage,
  remindedPage,
  signInByLinkPage,
  switchPage,
} from './pages.ts'

const BASE = '/identity'
const PEOPLE = { from: 'a@example.org', to: '<b>@example.org', code: 'c' }
const [EN, JA] = ['en', 'ja'].map(choosePageLanguage).map((language) => ({
  asking: [
    switchPage(language, BASE, PEOPLE),
    leavePage(language, BASE, '<form></form>', false),
    noEntrancePage(language, BASE, 'wrong'),
    signInByLinkPage(language, BASE),
  ],
  telling: [
    enterPage(language, BASE),
    remindedPage(language, BASE),
    leftPage(language, BASE),
    failedPage(language, BASE, '<b>'),
  ],
}))

it('a page that asks can be left without an answer, in both languages', () => {
  for (const page of EN?.asking ?? []) expect(page).toContain('<a href="/">Cancel and go back to Mihari</a>')
  for (const page of JA?.asking ?? []) expect(page).toContain('<a href="/">キャンセルして Mihari に戻る</a>')
})

it('every page has the name of the app at its top, and nothing that the strict policy of the pages would stop', () => {
  for (const page of [EN, JA].flatMap((pages) => [...(pages?.asking ?? []), ...(pages?.telling ?? [])])) {
    expect(page).toContain('<header>Mihari<span lang="ja">見張り</span></header>')
    expect(page).not.toMatch(/<style|style=|<b>|<script>/)
  }
})

it('the pages are dark as the app is, and fetch nothing for it', () => {
  expect(STYLE).toContain('color-scheme: dark')
  expect(STYLE).not.toMatch(/@import|url\(/)
})
