import type { ErrorCode } from '../../protocol/error-codes.ts'
import type { HangupReason } from '../../protocol/hangup.ts'
import type { LocalFailure } from '../viewer/failure.ts'

/** What it is, and in one sentence what to do about it, or what happens by itself. */
export interface Words {
  readonly what: string
  readonly advice: string
}

/**
 * Everything that the page says. One typed object for each language, and no library: with two languages the
 * compiler finds what is missing, and the page stays small.
 */
export interface Catalogue {
  readonly title: string
  /** The other language, in its own words. */
  readonly otherLanguage: string
  readonly service: {
    readonly connecting: string
    readonly reconnecting: Words
    readonly unreachable: Words
    readonly settingsMissing: Words
    readonly noCamera: Words
    readonly tryNow: string
    readonly reload: string
  }
  readonly presence: {
    readonly online: string
    readonly busy: string
    readonly unreachable: (since: string) => string
    readonly offline: (since: string) => string
    readonly removed: string
  }
  /** For a camera that would not answer now. */
  readonly presenceAdvice: {
    readonly busy: string
    readonly unreachable: string
    readonly offline: string
    readonly removed: string
  }
  readonly call: {
    readonly waiting: Words
    readonly calling: string
    readonly slow: Words
    readonly askedAgain: Words
    readonly connecting: string
    readonly firstPicture: string
    readonly interrupted: Words
    readonly blocked: Words
    readonly live: string
  }
  readonly action: {
    readonly watch: string
    readonly callAnyway: string
    readonly cancel: string
    readonly hangUp: string
    readonly tryAgain: string
    readonly close: string
    readonly fullScreen: string
    readonly leaveFullScreen: string
    readonly soundOn: string
    readonly soundOff: string
    readonly startPicture: string
  }
  readonly cameraSays: string
  readonly details: string
  readonly failures: Record<ErrorCode | LocalFailure | 'unknown', Words>
  readonly endings: Record<HangupReason | 'unknown', Words>
}
