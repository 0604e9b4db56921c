import { type Signal, signal } from '@preact/signals'
import { keepLanguage, readLanguage } from './browser/language-choice.ts'
import { webSocketTo } from './browser/open-web-socket.ts'
import { PeerConnections } from './browser/peer-connections.ts'
import { loadConfig } from './config.ts'
import type { Page } from './page.ts'
import { EMPTY_SNAPSHOT, Viewer, type ViewerSnapshot } from './viewer/viewer.ts'

/** Put in by the bundler. */
declare const MIHARI_VERSION: string

/** Starts by itself: the link to the service is up, or on its way, before anything is drawn. */
export function openPage(): Page {
  const language = signal(readLanguage())
  const settings = signal<'loading' | 'missing' | 'loaded'>('loading')
  const snapshot = signal(EMPTY_SNAPSHOT)
  const peers = new PeerConnections()
  let viewer: Viewer | null = null

  void connect()

  async function connect(): Promise<void> {
    const config = await loadConfig((path) => fetch(path, { cache: 'no-store' }))
    settings.value = config === null ? 'missing' : 'loaded'
    if (config === null) return
    viewer = createViewer(config.socket, peers, snapshot)
    viewer.start()
    followPage(viewer)
  }

  return {
    language,
    settings,
    viewer: snapshot,
    pictures: peers.pictures,
    actions: {
      chooseLanguage(chosen) {
        language.value = chosen
        keepLanguage(chosen)
      },
      call: (camera) => viewer?.call(camera),
      leave: (camera) => viewer?.leave(camera),
      firstFrame: (call) => viewer?.firstFrame(call),
      connectNow: () => viewer?.wake(),
      reload: () => location.reload(),
    },
  }
}

function createViewer(socket: string, peers: PeerConnections, snapshot: Signal<ViewerSnapshot>): Viewer {
  return new Viewer(
    {
      openSocket: webSocketTo(socket),
      openPeer: (call, iceServers, report) => peers.open(call, iceServers, report),
      clock: {
        now: Date.now,
        setTimeout: (callback, delayMs) => window.setTimeout(callback, delayMs),
        clearTimeout: (handle) => window.clearTimeout(handle as number),
      },
      random: Math.random,
      randomBytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
      software: { name: 'mihari-web', version: MIHARI_VERSION },
    },
    (next) => {
      snapshot.value = next
    },
  )
}

/** A page that is left hangs up; one that comes back from the browser's cache starts anew. */
function followPage(viewer: Viewer): void {
  window.addEventListener('pagehide', () => viewer.stop())
  window.addEventListener('pageshow', ({ persisted }) => {
    if (persisted) viewer.start()
  })
  window.addEventListener('online', () => viewer.wake())
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') viewer.wake()
  })
}
