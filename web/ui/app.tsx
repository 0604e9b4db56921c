import { useEffect } from 'preact/hooks'
import type { Page } from '../page.ts'
import { catalogueOf } from '../text/catalogues.ts'
import { CameraGrid } from './camera-grid.tsx'
import { EmptyPage } from './empty-page.tsx'
import { Header } from './header.tsx'
import { LinkNotice } from './link-notice.tsx'
import { PairPage } from './pairing/pair-page.tsx'
import { PairedNotice } from './pairing/paired-notice.tsx'
import { usePairedNotice } from './pairing/use-paired-notice.ts'
import { screenOf } from './screen.ts'
import { shownCameras } from './shown-cameras.ts'
import { useOpenedAtOnce } from './use-opened-at-once.ts'

export function App({ page }: { page: Page }) {
  const language = page.language.value
  const text = catalogueOf(language)
  const session = page.session.value
  const snapshot = page.viewer.value
  const cameras = shownCameras(snapshot, language)
  const screen = screenOf({
    settings: page.settings.value,
    session,
    visit: page.visit.value,
    snapshot,
    shown: cameras.length,
  })
  const { paired, arrived, setPaired, close } = usePairedNotice(cameras)
  const { done, here } = text.pair
  const pairedWords = paired === null ? null : { ...done(paired.label), ...(arrived ? { advice: here } : {}) }

  useOpenedAtOnce(page, session.phase === 'guest' ? cameras : [])
  useEffect(() => {
    document.documentElement.lang = language
    document.title = text.title
  }, [language, text])

  return (
    <>
      <Header page={page} />
      {screen.kind === 'cameras' && <LinkNotice text={text} link={snapshot.link} actions={page.actions} />}
      <main data-link={snapshot.link.phase} data-screen={screen.kind}>
        <PairedNotice text={text} words={pairedWords} close={close} />
        {screen.kind === 'cameras' && <CameraGrid page={page} cameras={cameras} />}
        {screen.kind === 'pair' && <PairPage page={page} screen={screen} paired={setPaired} />}
        {screen.kind !== 'cameras' && screen.kind !== 'pair' && <EmptyPage page={page} screen={screen} />}
      </main>
    </>
  )
}
