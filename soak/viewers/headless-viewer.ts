import { randomBytes, webcrypto } from 'node:crypto'
import { parseToViewer } from '../../protocol/frame.ts'
import { signatureCrypto } from '../../web/browser/signature-crypto.ts'
import { guestCredentials } from '../../web/identity/credential-sources.ts'
import { onlyDevice } from '../../web/identity/pinned-devices.ts'
import { verifyOfferWith } from '../../web/viewer/call/verify-offer.ts'
import { NO_KEPT_CALLS } from '../../web/viewer/kept-calls.ts'
import type { KnownDevices } from '../../web/viewer/known-devices.ts'
import type { CredentialSource } from '../../web/viewer/link/credential.ts'
import type { OpenSocket } from '../../web/viewer/link/link-session.ts'
import { Viewer } from '../../web/viewer/viewer.ts'
import { EMPTY_SNAPSHOT, type ViewerSnapshot } from '../../web/viewer/viewer-snapshot.ts'
import { type CallFacts, type ViewerDeed, type ViewerFacts, WELCOMED } from './messages.ts'
import { Network } from './network.ts'
import { NodeClock } from './node-clock.ts'
import { NodePeers } from './node-peers.ts'

const signatures = signatureCrypto(webcrypto.subtle as SubtleCrypto)

/** An owner who has said of every device at home that it is theirs. */
const EVERY_DEVICE: KnownDevices = { standing: () => 'known', learn: () => undefined }

interface Ports {
  readonly socketUrl: () => string
  readonly owner: CredentialSource
  /** A change that is worth a line. */
  readonly note: (line: string) => void
  readonly shown: (snapshot: ViewerSnapshot) => void
}

/** One person's page without a page: the viewer core over Node's sockets and a real WebRTC stack. */
export class HeadlessViewer {
  readonly #ports: Ports
  readonly #network = new Network()
  #clock = new NodeClock()
  #peers = new NodePeers(this.#network, () => undefined)
  #viewer: Viewer | null = null
  #snapshot: ViewerSnapshot = EMPTY_SNAPSHOT
  #guest: Extract<ViewerDeed, { kind: 'open' }>['guest'] = null
  /** What the tab keeps from one page to the next. */
  #kept = NO_KEPT_CALLS

  constructor(ports: Ports) {
    this.#ports = ports
  }

  do(deed: ViewerDeed): void {
    switch (deed.kind) {
      case 'open':
        this.#guest = deed.guest
        this.#open()
        break
      case 'call':
        this.#viewer?.call(deed.camera)
        break
      case 'leave':
        this.#viewer?.leaveAll()
        break
      case 'reload':
        this.#reload(deed.how)
        break
      case 'vanish':
        this.#vanish()
        break
      case 'hide':
        this.#viewer?.look(false)
        break
      case 'show':
        this.#viewer?.look(true)
        this.#viewer?.wake('visible')
        break
      case 'lose-network':
        this.#network.lose()
        break
      case 'find-network':
        this.#network.find()
        this.#viewer?.wake('network')
        break
      case 'change-address':
        this.#dropNetwork()
        break
    }
  }

  pass(fromMs: number, belowMs: number): number {
    return this.#clock.pass(fromMs, belowMs)
  }

  facts(): ViewerFacts {
    const { link, cameras, calls, regains } = this.#snapshot
    return {
      open: this.#viewer !== null,
      link: link.phase,
      cameras:
        cameras === null
          ? null
          : Object.fromEntries([...cameras.values()].map(({ camera, state }) => [camera, state])),
      calls: [...calls.values()].flatMap((call): CallFacts[] => {
        if (call.phase === 'idle') return []
        const why = call.phase === 'failed' ? call.failure.code : call.phase === 'ended' ? call.reason : null
        return [
          {
            call: call.call,
            camera: call.camera,
            phase: call.phase,
            why,
            regain: regains.get(call.camera)?.phase ?? 'off',
            frames: this.#peers.frames(call.call),
          },
        ]
      }),
    }
  }

  #open(): void {
    const clock = new NodeClock()
    this.#clock = clock
    const peers = new NodePeers(this.#network, (call) => viewer.firstFrame(call))
    this.#peers = peers
    const guest = this.#guest
    const viewer = new Viewer(
      {
        openSocket: this.#notingWelcomes(this.#network.sockets(this.#ports.socketUrl)),
        credentials: guest === null ? this.#ports.owner : guestCredentials(guest.secret),
        openPeer: (call, _iceServers, report) => peers.open(call, report),
        verifyOffer: verifyOfferWith(signatures),
        devices: guest === null ? EVERY_DEVICE : onlyDevice(guest.device),
        clock,
        random: Math.random,
        randomBytes: (count) => new Uint8Array(randomBytes(count)),
        keepCalls: (calls) => {
          if (viewer === this.#viewer) this.#kept = calls
        },
        software: { name: 'mihari-soak', version: '1' },
      },
      (snapshot) => {
        if (viewer === this.#viewer) this.#show(snapshot)
      },
    )
    this.#viewer = viewer
    this.#snapshot = EMPTY_SNAPSHOT
    viewer.start()
  }

  /** A rollover shows nowhere else: the link is up before and after. */
  #notingWelcomes(open: OpenSocket): OpenSocket {
    return (credential, events) => {
      let isWelcomed = false
      const message = (text: string) => {
        events.message(text)
        if (isWelcomed) return
        const parsed = parseToViewer(text)
        isWelcomed = parsed.ok && parsed.message.type === 'welcome'
        if (isWelcomed) this.#ports.note(WELCOMED)
      }
      return open(credential, { ...events, message })
    }
  }

  #show(snapshot: ViewerSnapshot): void {
    const before = phases(this.#snapshot)
    this.#snapshot = snapshot
    this.#ports.shown(snapshot)
    const after = phases(snapshot)
    if (after !== before) this.#ports.note(after)
  }

  #reload(how: 'clean' | 'rough'): void {
    if (how === 'clean') this.#viewer?.stop()
    const kept = this.#kept
    this.#end()
    this.#open()
    this.#viewer?.regain(kept)
  }

  #vanish(): void {
    this.#end()
    this.#kept = NO_KEPT_CALLS
  }

  /** Nothing of it is left, and nobody was told. */
  #end(): void {
    this.#viewer = null
    this.#snapshot = EMPTY_SNAPSHOT
    this.#clock.stop()
    this.#peers.endAll()
    this.#dropNetwork()
  }

  /** What ran over it is dead for good, and nobody is told. */
  #dropNetwork(): void {
    this.#network.lose()
    this.#network.forget()
    this.#network.find()
  }
}

/** SDP, candidates and ids of calls are not for a transcript; what phase they are in is. */
function phases({ link, calls }: ViewerSnapshot): string {
  const lines = [...calls.values()].map((call) => {
    if (call.phase === 'failed') return `${call.phase} (${call.failure.code})`
    return call.phase === 'ended' ? `${call.phase} (${call.reason})` : call.phase
  })
  return [`link ${link.phase}`, ...lines].join(', ')
}
