import type { Invitation } from '../../protocol/operations.ts'
import type { Question, Words } from './catalogue.ts'

/** What only an owner's panels say; loaded with them. */
export interface PanelCatalogue {
  readonly share: {
    readonly person: string
    readonly personIntro: string
    readonly email: string
    readonly add: string
    readonly granted: Readonly<Record<Invitation, (email: string) => string>>
    readonly link: string
    readonly linkIntro: string
    readonly linkLabel: string
    readonly linkLabelHint: string
    readonly linkUntil: string
    readonly linkMax: string
    readonly people: (count: number) => string
    readonly until: {
      readonly hour: string
      readonly today: string
      readonly week: string
      readonly own: string
      readonly ownDate: string
      readonly past: string
      readonly ends: (when: string) => string
    }
    readonly make: string
    readonly made: Words
    /** Of a link to this machine by its own name for itself. */
    readonly onlyHere: string
    readonly copy: string
    readonly copied: string
    readonly notCopied: string
    readonly send: string
    readonly sent: (camera: string) => string
    readonly code: string
    readonly done: string
  }
  readonly grants: {
    readonly title: string
    readonly none: string
    readonly owners: string
    readonly kinds: { readonly person: string; readonly invited: string; readonly link: string }
    readonly until: (when: string) => string
    readonly over: (when: string) => string
    readonly max: (count: number) => string
    /** Of a person who is an owner, with a right of their own besides. */
    readonly owner: string
    readonly revoke: Question
    readonly revokeOwner: Question
    readonly revokeLink: Question
    readonly revokeOf: (name: string) => string
  }
  readonly watching: {
    readonly title: string
    readonly none: string
    readonly since: (when: string) => string
  }
  readonly history: {
    readonly title: string
    readonly none: string
    readonly more: string
    readonly running: string
    readonly minutes: (count: number) => string
    readonly underMinute: string
    /** Said of who watched, not to them; and of a reason that is both an error and an end, what is true of both. */
    readonly reasons: Readonly<Record<string, string>>
    readonly alarm: Words
  }
  readonly rename: {
    readonly camera: string
    readonly device: string
    readonly save: string
    readonly saved: string
    readonly bad: string
  }
  readonly settings: {
    readonly devices: string
    readonly noDevices: string
    readonly online: string
    readonly offline: string
    readonly pairedAt: (when: string) => string
    readonly cameras: (names: string) => string
    readonly code: string
    readonly unpairOf: (name: string) => string
    readonly unpair: Question
    readonly another: string
    readonly people: string
    readonly you: string
    readonly owner: string
    readonly since: (when: string) => string
    readonly promote: Question
    readonly demote: Question
    readonly resign: Question
    /** Said to the only owner, in place of the button. */
    readonly onlyOwner: string
    readonly promoteOf: (name: string) => string
    readonly demoteOf: (name: string) => string
    readonly peopleHint: string
  }
}
