import { useEffect } from 'preact/hooks'
import type { Page } from '../page.ts'
import { catalogueOf } from '../text/catalogues.ts'
import { CameraGrid } from './camera-grid.tsx'
import { EmptyPage } from './empty-page.tsx'
import { Header } from './header.tsx'
import { LinkNotice } from './link-notice.tsx'
import { shownCameras } from './shown-cameras.ts'

export function App({ page }: { page: Page }) {
  const language = page.language.value
  const text = catalogueOf(language)
  const snapshot = page.viewer.value
  const cameras = shownCameras(snapshot, language)

  useEffect(() => {
    document.documentElement.lang = language
    document.title = text.title
  }, [language, text])

  return (
    <>
      <Header text={text} language={language} choose={page.actions.chooseLanguage} />
      <main data-link={snapshot.link.phase}>
        {cameras.length > 0 ? (
          <CameraGrid page={page} cameras={cameras} />
        ) : (
          <EmptyPage text={text} settings={page.settings.value} snapshot={snapshot} actions={page.actions} />
        )}
      </main>
      {cameras.length > 0 && <LinkNotice text={text} link={snapshot.link} actions={page.actions} />}
    </>
  )
}
