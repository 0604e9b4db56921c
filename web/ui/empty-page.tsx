import type { Page } from '../page.ts'
import { catalogueOf } from '../text/catalogues.ts'
import { linkWords } from '../text/words.ts'
import { assertNever } from '../viewer/assert-never.ts'
import { SignedOutPage } from './account/signed-out-page.tsx'
import { HowToPair } from './how-to-pair.tsx'
import { Message } from './parts/message.tsx'
import type { Screen } from './screen.ts'

interface EmptyPageProps {
  readonly page: Page
  readonly screen: Exclude<Screen, { kind: 'cameras' | 'pair' }>
}

/** What there is to say while there is no camera to show. */
export function EmptyPage({ page, screen }: EmptyPageProps) {
  const text = catalogueOf(page.language.value)
  const { actions } = page
  const { service, session } = text
  switch (screen.kind) {
    case 'settings-missing':
      return (
        <Message words={service.settingsMissing}>
          <Strong label={service.reload} act={actions.reload} />
        </Message>
      )
    case 'settings-unreachable':
      return <Message words={service.unreachable} />
    case 'checking':
      return <Message words={{ what: session.checking }} />
    case 'redirecting':
      return <Message words={session.redirecting} />
    case 'signed-out':
      return <SignedOutPage text={text} why={screen.why} pairing={screen.pairing} signIn={actions.signIn} />
    case 'sign-in-failed':
      return (
        <Message words={session.failed[screen.why]}>
          {screen.why !== 'insecure-page' && <Strong label={text.action.tryAgain} act={actions.signIn} />}
        </Message>
      )
    case 'refused':
      return <Refused page={page} guest={screen.guest} />
    case 'connecting':
      return <Connecting page={page} />
    case 'no-camera':
      return <NoCamera page={page} who={screen.who} />
    default:
      return assertNever(screen)
  }
}

function Refused({ page, guest }: { page: Page; guest: boolean }) {
  const text = catalogueOf(page.language.value)
  const words = linkWords(text, page.viewer.value.link) ?? text.failures.unknown
  return (
    <Message words={words}>
      {guest ? (
        <button type="button" onClick={page.actions.endVisit}>
          {text.session.signIn}
        </button>
      ) : (
        <Strong label={text.service.reload} act={page.actions.reload} />
      )}
    </Message>
  )
}

function Connecting({ page }: { page: Page }) {
  const { service } = catalogueOf(page.language.value)
  const { link } = page.viewer.value
  if (!('attempt' in link) || link.attempt === 0) return <Message words={{ what: service.connecting }} />
  return (
    <Message words={service.unreachable}>
      <Strong label={service.tryNow} act={page.actions.connectNow} />
    </Message>
  )
}

function NoCamera({ page, who }: { page: Page; who: 'owner' | 'person' | 'guest' }) {
  const text = catalogueOf(page.language.value)
  const { link, self } = page.viewer.value
  const trouble = linkWords(text, link)
  if (trouble !== null) return <Message words={trouble} />
  if (who === 'guest') return <Message words={text.service.noGuestCamera} />
  if (who === 'person') return <Message words={text.service.nothingShared(self?.name ?? '')} />
  return (
    <Message words={text.service.noCamera}>
      <HowToPair text={text} cloud={page.cloud.value} />
    </Message>
  )
}

function Strong({ label, act }: { label: string; act: () => void }) {
  return (
    <button type="button" class="strong" onClick={act}>
      {label}
    </button>
  )
}
