import type { Signal } from '@preact/signals'
import type { Asked } from '../protocol/operations.ts'
import { randomBytes } from './browser/browser-ports.ts'
import { keepLanguage } from './browser/language-choice.ts'
import { makeGuestLink } from './identity/guest-link.ts'
import { forgetVisit } from './identity/opening.ts'
import type { PersonSession } from './identity/person-session.ts'
import type { Visit } from './identity/visit.ts'
import type { PageActions } from './page.ts'
import type { Language } from './text/languages.ts'
import type { SignatureCrypto } from './viewer/call/verify-offer.ts'
import type { Viewer } from './viewer/viewer.ts'

interface PageActionPorts {
  readonly language: Signal<Language>
  readonly visit: Signal<Visit>
  /** Keeps what the tab was opened for. */
  readonly tab: Storage
  /** Null in a browser that gives the page no cryptography. */
  readonly signatures: SignatureCrypto | null
  /** Both are there once the settings are loaded; a guest's page has no person. */
  readonly viewer: () => Viewer | null
  readonly person: () => PersonSession | null
}

const NOT_SENT = { kind: 'not-sent' } as const

export function pageActions(ports: PageActionPorts): PageActions {
  const { language, visit, tab, signatures, viewer, person } = ports
  const ask: PageActions['ask'] = (op, asked) => viewer()?.ask(op, asked) ?? Promise.resolve(NOT_SENT)
  return {
    chooseLanguage(chosen) {
      language.value = chosen
      keepLanguage(chosen)
    },
    call: (camera) => viewer()?.call(camera),
    takeOver: (camera) => viewer()?.call(camera, true),
    leave: (camera) => viewer()?.leave(camera),
    firstFrame: (call) => viewer()?.firstFrame(call),
    playBlocked: (call) => viewer()?.playBlocked(call),
    connectNow: () => viewer()?.wake('network'),
    reload: () => location.reload(),
    signIn: () => void person()?.signIn(),
    signOut() {
      viewer()?.leaveAll()
      viewer()?.stop()
      void person()?.signOut()
    },
    ask,
    acceptDevice: (device) => viewer()?.learnDevice(device),
    async claim(device, code, label) {
      const result = await ask('claim-device', { device, code, label })
      if (result.kind === 'done') viewer()?.learnDevice(device)
      return result
    },
    async makeLink(camera, label, until, max) {
      if (signatures === null) return NOT_SENT
      const { sha256 } = signatures
      const grant = (asked: Asked<'grant-by-link'>) => ask('grant-by-link', asked)
      const link = { origin: location.origin, randomBytes, sha256, grant }
      return makeGuestLink(link, { camera, label, until, max })
    },
    endVisit() {
      forgetVisit(tab)
      if (visit.value.kind === 'guest') location.reload()
      else visit.value = { kind: 'plain' }
    },
  }
}
