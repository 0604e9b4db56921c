import * as v from 'valibot'
import { type AppLink, readAppLink } from '../../protocol/app-link.ts'
import { DeviceId, Secret } from '../../protocol/identifiers.ts'
import type { Visit } from './visit.ts'

/** What the page was opened for. */
export interface Opening {
  readonly visit: Visit
  /** A guest's. */
  readonly secret: string | null
  readonly signInNow: boolean
  /** The address with which the issuer sent the person back. */
  readonly signedInBy: string | null
  /** What is to stand in the address bar and the history instead: no code, no secret. */
  readonly address: string
}

const KEY = 'mihari.visit'

const Kept = v.variant('kind', [
  v.object({ kind: v.literal('pair'), device: DeviceId, code: Secret }),
  v.object({ kind: v.literal('guest'), device: DeviceId, secret: Secret }),
])
type Kept = v.InferOutput<typeof Kept>

/**
 * A link replaces what this tab was opened for before. Without one that goes on: a reload changes nothing, nor does
 * leaving for the issuer and coming back.
 */
export function readOpening(href: string, tab: Storage): Opening {
  const { hash, pathname, searchParams } = new URL(href)
  const link = readAppLink(hash)
  const kept = link === null ? readKept(tab) : keep(link, tab)
  const isAnswer = searchParams.has('state') && (searchParams.has('code') || searchParams.has('error'))
  return {
    visit: kept === null ? { kind: 'plain' } : asVisit(kept),
    secret: kept?.kind === 'guest' ? kept.secret : null,
    signInNow: link?.kind === 'sign-in',
    signedInBy: isAnswer ? href : null,
    address: pathname,
  }
}

export function forgetVisit(tab: Storage): void {
  tab.removeItem(KEY)
}

/** Whoever signs in is no guest; what they wanted to pair is still to be paired. */
function keep(link: AppLink, tab: Storage): Kept | null {
  if (link.kind === 'sign-in') {
    const kept = readKept(tab)
    if (kept?.kind === 'pair') return kept
    forgetVisit(tab)
    return null
  }
  tab.setItem(KEY, JSON.stringify(link))
  return link
}

function readKept(tab: Storage): Kept | null {
  const text = tab.getItem(KEY)
  if (text === null) return null
  try {
    const value: unknown = JSON.parse(text)
    return v.is(Kept, value) ? value : null
  } catch {
    // Not ours, then.
    return null
  }
}

function asVisit(kept: Kept): Visit {
  return kept.kind === 'pair' ? kept : { kind: 'guest', device: kept.device }
}
