import { signal } from '@preact/signals'
import { browserClock, randomBytes } from './browser/browser-ports.ts'
import { followGaze } from './browser/follow-gaze.ts'
import { followPage } from './browser/follow-page.ts'
import { type KeptCalls, keptCallsOf } from './browser/kept-calls.ts'
import { readLanguage } from './browser/language-choice.ts'
import { nextTry } from './browser/next-try.ts'
import { webSocketTo } from './browser/open-web-socket.ts'
import { PeerConnections } from './browser/peer-connections.ts'
import { safeStorage } from './browser/safe-storage.ts'
import { signatureCrypto } from './browser/signature-crypto.ts'
import { keepScreenOn } from './browser/wake-lock.ts'
import { type Config, loadConfig } from './config.ts'
import { browserIssuer } from './identity/browser-issuer.ts'
import { guestCredentials, personCredentials } from './identity/credential-sources.ts'
import { readOpening } from './identity/opening.ts'
import { PersonSession } from './identity/person-session.ts'
import { onlyDevice, PINNED_KEY, pinnedDevices } from './identity/pinned-devices.ts'
import type { SessionState } from './identity/session-state.ts'
import { storedPersonKey } from './identity/stored-person.ts'
import type { Visit } from './identity/visit.ts'
import type { Page, Settings } from './page.ts'
import { pageActions } from './page-actions.ts'
import { type SignatureCrypto, verifyOfferWith } from './viewer/call/verify-offer.ts'
import { backoffMs } from './viewer/link/backoff.ts'
import type { CredentialSource } from './viewer/link/credential.ts'
import { Gaze } from './viewer/regain/gaze.ts'
import { Viewer } from './viewer/viewer.ts'
import { EMPTY_SNAPSHOT } from './viewer/viewer-snapshot.ts'

/** Put in by the bundler. */
declare const MIHARI_VERSION: string

const CONFIG_TIMEOUT_MS = 10_000

/** Starts by itself: the link to the service is up, or on its way, before anything is drawn. */
export function openPage(): Page {
  const kept = safeStorage(() => localStorage)
  const tab = safeStorage(() => sessionStorage)
  const opening = readOpening(location.href, tab)
  history.replaceState(null, '', opening.address)

  const language = signal(readLanguage())
  const settings = signal<Settings>('loading')
  const cloud = signal<string | null>(null)
  const session = signal<SessionState>({ phase: 'checking' })
  const visit = signal<Visit>(opening.visit)
  const snapshot = signal(EMPTY_SNAPSHOT)
  const peers = new PeerConnections()
  // On plain HTTP, but for localhost, a page has none (W3C Secure Contexts).
  const { subtle } = crypto as Partial<Crypto>
  const signatures = subtle === undefined ? null : signatureCrypto(subtle)
  let viewer: Viewer | null = null
  let person: PersonSession | null = null

  void begin()

  async function begin(): Promise<void> {
    const loading = keepLoading()
    const keeping = keptCallsOf(tab)
    if (opening.secret !== null) session.value = { phase: 'guest' }
    if (signatures === null) session.value = { phase: 'failed', why: 'insecure-page' }
    const [config, keptCalls] = [await loading, await keeping]
    settings.value = config === null ? 'missing' : 'loaded'
    cloud.value = config?.socket ?? null
    if (config === null || signatures === null) return
    if (opening.secret !== null)
      openViewer(config, signatures, keptCalls, guestCredentials(opening.secret)).start()
    else await beginAsPerson(config, signatures, keptCalls)
  }

  /** A tab that a phone brings back from its memory may be there before the network is. */
  async function keepLoading(): Promise<Config | null> {
    for (let attempt = 0; ; attempt += 1) {
      const signal = AbortSignal.timeout(CONFIG_TIMEOUT_MS)
      const answer = await loadConfig((path) => fetch(path, { cache: 'no-store', signal }))
      if (answer.kind === 'config') return answer.config
      if (answer.kind === 'missing') return null
      settings.value = 'unreachable'
      await nextTry(backoffMs(attempt, Math.random()))
    }
  }

  async function beginAsPerson(
    config: Config,
    signatures: SignatureCrypto,
    keptCalls: KeptCalls,
  ): Promise<void> {
    const { locks } = navigator as Partial<Navigator>
    const issuer = browserIssuer(config.signIn, {
      origin: location.origin,
      storage: kept,
      locks,
      changes: window,
      clock: browserClock,
    })
    const ports = { issuer, clock: browserClock, random: Math.random, storage: kept, changed: showSession }
    person = new PersonSession(ports)
    openViewer(config, signatures, keptCalls, personCredentials(person))
    await (opening.signInNow ? person.signIn() : person.open(opening.signedInBy))
  }

  function showSession(state: SessionState): void {
    const before = session.value
    session.value = state
    if (state.phase === 'signed-in' && before.phase !== 'signed-in') viewer?.start()
    if (state.phase === 'redirecting' || state.phase === 'signed-out') viewer?.stop()
  }

  function openViewer(
    config: Config,
    signatures: SignatureCrypto,
    keptCalls: KeptCalls,
    credentials: CredentialSource,
  ): Viewer {
    const keepOn = keepScreenOn(document, (navigator as Partial<Navigator>).wakeLock)
    const opened = new Viewer(
      {
        openSocket: webSocketTo(config.socket),
        credentials,
        openPeer: (call, iceServers, report) => peers.open(call, iceServers, report),
        verifyOffer: verifyOfferWith(signatures),
        devices: opening.visit.kind === 'guest' ? onlyDevice(opening.visit.device) : pinnedDevices(kept),
        clock: browserClock,
        random: Math.random,
        randomBytes,
        software: { name: 'mihari-web', version: MIHARI_VERSION },
        keepCalls: keptCalls.keep,
      },
      (next) => {
        snapshot.value = next
        keepOn([...next.calls.values()].some(({ phase }) => phase === 'playing'))
      },
    )
    viewer = opened
    opened.regain(keptCalls.before)
    followPage({
      // A page that is left hangs up; one that comes back from the browser's cache starts anew.
      left: () => opened.stop(),
      cameBack: () => (session.value.phase === 'redirecting' ? location.reload() : opened.start()),
      awake: (cause) => opened.wake(cause),
      stored(key) {
        if (key === null || key === PINNED_KEY) opened.showDevices()
        if (key === null || key === storedPersonKey(config.signIn)) person?.storedChanged()
      },
    })
    const gaze = new Gaze({ clock: browserClock, changed: (looked) => opened.look(looked) })
    followGaze((visible) => gaze.seen(visible))
    return opened
  }

  const actions = pageActions({
    language,
    visit,
    tab,
    signatures,
    viewer: () => viewer,
    person: () => person,
  })
  return { language, settings, cloud, session, visit, viewer: snapshot, pictures: peers.pictures, actions }
}
