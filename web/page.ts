import type { ReadonlySignal } from '@preact/signals'
import type { Asked, ViewerOperation } from '../protocol/operations.ts'
import type { Picture } from './browser/peer-connections.ts'
import type { SessionState } from './identity/session-state.ts'
import type { Visit } from './identity/visit.ts'
import type { Language } from './text/languages.ts'
import type { AskResult, NotDone } from './viewer/ask-result.ts'
import type { ViewerSnapshot } from './viewer/viewer-snapshot.ts'

/** What the deployment tells the page. `unreachable`: so far; it is asked for again. */
export type Settings = 'loading' | 'unreachable' | 'missing' | 'loaded'

/** What the markup shows and can do. */
export interface Page {
  readonly language: ReadonlySignal<Language>
  readonly settings: ReadonlySignal<Settings>
  /** Address of the service's socket, which a connector has to be told; null until the settings are loaded. */
  readonly cloud: ReadonlySignal<string | null>
  readonly session: ReadonlySignal<SessionState>
  readonly visit: ReadonlySignal<Visit>
  readonly viewer: ReadonlySignal<ViewerSnapshot>
  readonly pictures: ReadonlySignal<ReadonlyMap<string, Picture>>
  readonly actions: PageActions
}

export interface PageActions {
  chooseLanguage(language: Language): void
  call(camera: string): void
  /** An owner's call that makes room for itself at a full camera. */
  takeOver(camera: string): void
  leave(camera: string): void
  firstFrame(call: string): void
  /** The browser does not start the picture before a person does. */
  playBlocked(call: string): void
  connectNow(): void
  reload(): void
  /** Leaves for the issuer's page, and comes back to what this tab was opened for. */
  signIn(): void
  /** On this device. */
  signOut(): void
  ask<Op extends ViewerOperation>(op: Op, asked: Asked<Op>): Promise<AskResult<Op>>
  /** The person says that a new device is one of theirs: its cameras can be called from now on. */
  acceptDevice(device: string): void
  /** Pairs the device that the link named; this browser then knows it. */
  claim(device: string, code: string, label: string): Promise<AskResult<'claim-device'>>
  /** `until` in epoch ms; at most `max` may watch by the link at once. */
  makeLink(camera: string, label: string, until: number, max: number): Promise<MadeLink>
  /** Puts away what the opening link was for; a guest becomes an ordinary visitor, whose page starts anew. */
  endVisit(): void
}

/** `link` is to be handed out now: nobody can make it again. */
export type MadeLink = { readonly kind: 'made'; readonly link: string; readonly grant: string } | NotDone
