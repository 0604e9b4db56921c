import type { PresenceState } from '../../protocol/presence.ts'
import type { VisibleCamera } from '../../protocol/welcome.ts'
import type { NotDone } from '../viewer/ask-result.ts'
import { assertNever } from '../viewer/assert-never.ts'
import type { CallState } from '../viewer/call/call-state.ts'
import type { Failure } from '../viewer/call/failure.ts'
import type { LinkState } from '../viewer/link/link-state.ts'
import { isLost, type RegainState } from '../viewer/regain/regain-state.ts'
import type { Catalogue, Words } from './catalogue.ts'

/** What is said of a call while there is no picture of it. */
export interface CallWords {
  readonly what: string
  readonly advice?: string
  /** In the camera's own words, or those of whoever failed. */
  readonly quote?: { readonly by: string; readonly words: string }
}

/** What only an owner can mend. */
const AT_THE_CAMERA: ReadonlySet<string> = new Set([
  'camera-offline',
  'camera-unreachable',
  'camera-password',
  'camera-certificate',
  'camera-garbled',
  'connector-stopped',
])

/** Null: there is nothing to say, because there is no call or its picture says it all. */
export function callWords(text: Catalogue, call: CallState, owner = false): CallWords | null {
  switch (call.phase) {
    case 'idle':
    case 'playing':
      return null
    case 'waiting':
      return text.call.waiting
    case 'calling':
      return callingWords(text, call.progress)
    case 'verifying':
    case 'answering':
      return { what: text.call.connecting }
    case 'connecting':
      return { what: call.path === 'open' ? text.call.firstPicture : text.call.connecting }
    case 'interrupted':
      return text.call.interrupted
    case 'ended':
      return forWhom(text, call.reason, own(text.endings, call.reason) ?? text.endings.unknown, owner)
    case 'failed':
      return owner && isFull(call.failure)
        ? { ...failureWords(text, call.failure, owner), advice: text.cameraFull }
        : failureWords(text, call.failure, owner)
    default:
      return assertNever(call)
  }
}

/** Null while there is no picture to be got back. */
export function regainWords(text: Catalogue, regain: RegainState, call: CallState): Words | null {
  if (!isLost(regain)) return null
  const paused = call.phase === 'waiting' || (call.phase === 'calling' && call.progress === 'paused')
  return text.regain[paused ? 'no-link' : regain.why]
}

function callingWords(
  text: Catalogue,
  progress: Extract<CallState, { phase: 'calling' }>['progress'],
): CallWords {
  switch (progress) {
    case 'asked':
      return { what: text.call.calling }
    case 'slow':
      return text.call.slow
    case 'asked-again':
      return text.call.askedAgain
    case 'paused':
      return text.call.waiting
    default:
      return assertNever(progress)
  }
}

function failureWords(text: Catalogue, { code, detail }: Failure, owner: boolean): CallWords {
  const words = forWhom(text, code, own(text.failures, code) ?? text.failures.unknown, owner)
  if (detail === undefined || detail.trim() === '') return words
  // A camera's words are for everybody; what the programs say is for who looks after them.
  const by = code === 'camera-refused' ? text.cameraSays : owner ? text.details : ''
  return by === '' ? words : { ...words, quote: { by, words: detail } }
}

function forWhom(text: Catalogue, code: string, words: Words, owner: boolean): Words {
  return owner || !AT_THE_CAMERA.has(code) ? words : { what: words.what, advice: text.askOwner }
}

/** A camera has no code for it, only words. */
function isFull({ code, detail }: Failure): boolean {
  return code === 'camera-refused' && /too many/i.test(detail ?? '')
}

/** Why a request was not done. */
export function notDoneWords(text: Catalogue, result: NotDone): CallWords {
  if (result.kind === 'not-sent') return text.panel.notSent
  const { code, detail } = result
  // Of a call it is the connector that does not answer.
  if (code === 'no-reply') return text.panel.noReply
  return failureWords(text, detail === undefined ? { code } : { code, detail }, true)
}

/** What is wrong with the link, for the whole page; null while nothing is, or the session says it. */
export function linkWords(text: Catalogue, link: LinkState): Words | null {
  switch (link.phase) {
    case 'welcomed':
    case 'idle':
      return null
    case 'refused':
      return own(text.failures, link.code) ?? text.failures.unknown
    case 'signed-out':
      return null
    case 'authorizing':
    case 'connecting':
    case 'greeting':
    case 'backoff':
      return isUnreachable(link) ? text.service.unreachable : text.service.reconnecting
    default:
      return assertNever(link)
  }
}

/** Several failed attempts in a row are more than a hiccup. */
export function isUnreachable(link: LinkState): boolean {
  return 'attempt' in link && link.attempt >= 3
}

/** `current`: the service is there to say when it changes. */
export function presenceWords(
  text: Catalogue,
  { state }: Pick<VisibleCamera, 'state'>,
  since: string,
  current: boolean,
): string {
  const words = text.presence[state]
  const known = typeof words === 'string' ? words : words(since)
  return current ? known : text.presence.lastKnown(known)
}

/** Null when the camera can be called. */
export function presenceAdvice(text: Catalogue, state: PresenceState, owner: boolean): string | null {
  if (state === 'online') return null
  if (!owner && (state === 'unreachable' || state === 'offline')) return text.askOwner
  return text.presenceAdvice[state]
}

function own(words: Readonly<Record<string, Words>>, key: string): Words | undefined {
  return Object.hasOwn(words, key) ? words[key] : undefined
}
