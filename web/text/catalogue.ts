import type { ErrorCode } from '../../protocol/error-codes.ts'
import type { HangupReason } from '../../protocol/hangup.ts'
import type { Role } from '../../protocol/welcome.ts'
import type { SessionFailure, SignedOutWhy } from '../identity/session-state.ts'
import type { LocalFailure } from '../viewer/call/failure.ts'
import type { Why } from '../viewer/regain/regain-state.ts'

/** What it is, and in one sentence what to do about it, or what happens by itself. */
export interface Words {
  readonly what: string
  readonly advice: string
}

/** What is asked before something that cannot be undone is done. */
export interface Question {
  readonly label: string
  readonly ask: string
  readonly confirm: string
}

/**
 * Everything that the page says. One typed object for each language, and no library: with two languages the
 * compiler finds what is missing, and the page stays small. What only an owner's panels say comes with them.
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
    /** For an owner; `pairing` says step by step how to get one. */
    readonly noCamera: Words
    readonly pairing: readonly string[]
    /** Names the address that stands below the first step. */
    readonly cloudAddress: string
    readonly nothingShared: (name: string) => Words
    /** A guest's page that has not heard of its camera. */
    readonly noGuestCamera: Words
    readonly tryNow: string
    readonly reload: string
  }
  readonly session: {
    readonly checking: string
    readonly redirecting: Words
    readonly about: string
    readonly signIn: string
    readonly signedOut: Record<SignedOutWhy, Words>
    readonly failed: Record<SessionFailure, Words>
  }
  readonly account: {
    readonly title: string
    readonly roles: Record<'owner' | 'person', string>
    readonly settings: string
    readonly signOut: string
    readonly everywhere: Question
  }
  readonly pair: {
    readonly signInFirst: Words
    readonly onlyOwners: (name: string) => Words
    readonly title: string
    readonly compare: string
    readonly device: string
    readonly name: string
    readonly nameProposal: string
    readonly nameHint: string
    readonly confirm: string
    readonly waiting: string
    readonly notNow: string
    readonly done: (name: string) => Words
    /** What is advised of it once its cameras are there. */
    readonly here: string
  }
  readonly newCamera: {
    readonly badge: string
    readonly what: string
    /** Whether it is theirs to know, or somebody has to have told them. */
    readonly advice: Record<'owner' | 'other', string>
    readonly add: string
  }
  readonly sharing: {
    readonly share: string
    readonly shareCamera: (camera: string) => string
    readonly watching: (count: number) => string
    readonly watcherRoles: Record<Role, string>
    readonly until: (when: string) => string
    readonly guestOf: (link: string) => string
    readonly takeOver: (name: string) => Words
    readonly takeOverNow: string
  }
  readonly panel: {
    readonly loading: string
    readonly failed: Words
    readonly noReply: Words
    readonly notSent: Words
    readonly keep: string
  }
  readonly presence: {
    readonly online: string
    readonly busy: string
    readonly unreachable: (since: string) => string
    readonly offline: (since: string) => string
    readonly removed: string
    /** While the service is away nobody says how it is now. */
    readonly lastKnown: (state: string) => string
  }
  /** For a camera that would not answer now, to who can look after it. */
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
    /** The camera was removed after the call had ended. */
    readonly gone: Words
    readonly live: string
  }
  /** Why a picture that was there is not, while it is being called again. */
  readonly regain: Record<Why, Words>
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
  /** To who is no owner, in place of what could be done at the camera. */
  readonly askOwner: string
  readonly cameraSays: string
  /** Before what the connector says of a failure; empty where that would be in another language. */
  readonly details: string
  /** Said to an owner, of a camera that itself has no room. */
  readonly cameraFull: string
  readonly failures: Record<ErrorCode | LocalFailure | 'unknown', Words>
  readonly endings: Record<HangupReason | 'unknown', Words>
}
