import { createHash } from 'node:crypto'
import { splitCameraId } from '../../protocol/identifiers.ts'
import type { Role } from '../../protocol/welcome.ts'
import { common, goesOn, goesThrough, heldWithin, type Span } from './spans.ts'

/**
 * Who may see what, written from docs/protocol.md alone: nothing of the backend is imported here. What a right
 * needs are facts with a time in which they held. An event may rely on what held at any moment of its own, so that
 * events that run side by side are judged as fairly as those that follow each other.
 */

/** [R34] how long a function may go by what it has read, within a running call. */
export const LINGER_MS = 10_000

export type Who =
  | { kind: 'person'; id: string; email: string | null; name: string; authenticatedAt: number }
  | { kind: 'guest'; id: string; device: string }
  | { kind: 'device'; id: string }
  | {
      kind: 'nobody'
      reason: 'token-expired' | 'signed-out' | 'link-expired' | 'link-revoked' | 'clock-wrong'
    }
export type Viewer = Extract<Who, { kind: 'person' | 'guest' }>

export interface ModelConnection {
  readonly id: string
  readonly who: Who
  readonly connectedAt: number
  open: boolean
  /** Its `hello` has been heard. */
  greeted: boolean
  /** It is among those that are told of changes. */
  listed: boolean
  /** When it is to open its next connection, by its first welcome [R46]. */
  rollOverAt: number | null
}

export interface ModelDevice {
  readonly id: string
  readonly paired: Span[]
  code: { readonly hash: string; readonly until: number } | null
  cameras: readonly string[]
  /** The connection of the newest `hello`. */
  address: string | null
  /** The run of its program that the address is of. */
  instance: string | null
  /** When that was another than before [R51]. */
  startedAnewAt: number
  /** When somebody came upon it with its lease over [R52]. */
  foundLapsedAt: number
  /** Of this instance's words on its cameras the latest [R50]. */
  sequence: number | null
  /** Until when its presence is believed without another word [R28]. */
  leaseUntil: number
}

export interface ModelGrant {
  readonly id: string
  readonly device: string
  /** The camera's id. */
  readonly camera: string
  readonly valid: Span
  readonly to:
    | {
        readonly kind: 'person'
        readonly email: string
        person: { readonly id: string; readonly since: number } | null
      }
    | { readonly kind: 'link'; readonly label: string; readonly until: number; readonly max: number }
}

export interface ModelCall {
  readonly call: string
  readonly device: string
  readonly camera: string
  readonly viewer: string
  /** By which right it was made. */
  readonly role: string
  readonly connections: Set<string>
  readonly live: Span
  /** It was over before it began: a hangup has overtaken it. That is forgotten after a while. */
  readonly noted: boolean
  /** From where its host has got an answer, with which the picture begins; it need not have been made there. */
  readonly answeredOn: Set<string>
}

const ALWAYS: Span = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY }

export class Model {
  readonly connections = new Map<string, ModelConnection>()
  readonly devices = new Map<string, ModelDevice>()
  readonly grants = new Map<string, ModelGrant>()
  readonly calls = new Map<string, ModelCall>()
  readonly #owners = new Map<string, Span[]>()
  readonly #signOuts = new Map<string, number[]>()
  readonly #provenEmails = new Map<string, string>()
  /** [R33] the person who proved the deployment's address first. */
  firstOwner: string | null = null
  readonly ownerEmail: string

  constructor(ownerEmail: string) {
    this.ownerEmail = ownerEmail
  }

  device(id: string): ModelDevice {
    const known = this.devices.get(id)
    if (known !== undefined) return known
    const device = {
      id,
      paired: [],
      code: null,
      cameras: [],
      address: null,
      instance: null,
      startedAnewAt: Number.NEGATIVE_INFINITY,
      foundLapsedAt: Number.NEGATIVE_INFINITY,
      sequence: null,
      leaseUntil: 0,
    }
    this.devices.set(id, device)
    return device
  }

  call(device: string, call: string): ModelCall | undefined {
    return this.calls.get(`${device}/${call}`)
  }

  /** When the youngest connection was made that the call has been at: that is where it is. */
  movedAt(call: ModelCall): number {
    return Math.max(...[...call.connections].map((id) => this.connections.get(id)?.connectedAt ?? 0))
  }

  addCall(call: ModelCall): void {
    this.calls.set(`${call.device}/${call.call}`, call)
  }

  /** The address that the person has proven last. */
  provenEmail(person: string): string | undefined {
    return this.#provenEmails.get(person)
  }

  proveEmail(person: string, email: string | null): void {
    if (email === null) this.#provenEmails.delete(person)
    else this.#provenEmails.set(person, email)
  }

  makeOwner(person: string, at: number): void {
    this.#owners.set(person, [...this.ownerSpans(person), { from: at, to: Number.POSITIVE_INFINITY }])
  }

  ownerSpans(person: string): readonly Span[] {
    return this.#owners.get(person) ?? []
  }

  signOut(person: string, at: number): void {
    this.#signOuts.set(person, [...(this.#signOuts.get(person) ?? []), at])
  }

  /** When whoever is on this connection was to be believed; one that has proven who it is since a sign-out still is. */
  standing(who: Who): readonly Span[] {
    if (who.kind !== 'person') return who.kind === 'nobody' ? [] : [ALWAYS]
    const out = (this.#signOuts.get(who.id) ?? []).filter((at) => at >= who.authenticatedAt)
    return [{ from: Number.NEGATIVE_INFINITY, to: Math.min(...out, Number.POSITIVE_INFINITY) }]
  }

  /** When the bearer of this credential was an owner. */
  ownership(who: Who): readonly Span[] {
    return who.kind === 'person' ? common(this.standing(who), this.ownerSpans(who.id)) : []
  }

  /** When the bearer might see the camera, by role. */
  rights(
    who: Who,
    camera: string,
  ): { readonly role: Role; readonly grant: ModelGrant | null; readonly spans: Span[] }[] {
    const { device } = splitCameraId(camera)
    const paired = this.devices.get(device)?.paired ?? []
    const base = common(this.standing(who), paired)
    const granted = [...this.grants.values()].flatMap((grant) => {
      if (grant.camera !== camera) return []
      const role = roleBy(grant, who)
      return role === null ? [] : [{ role, grant, spans: common(base, [grantedTo(grant)]) }]
    })
    return [{ role: 'owner', grant: null, spans: common(base, this.ownership(who)) }, ...granted]
  }

  mightSee(who: Who, camera: string, from: number, to: number): boolean {
    return this.rights(who, camera).some(({ spans }) => heldWithin(spans, from, to))
  }

  /** The right goes on beyond this moment; with a role, that by which it was used. */
  maySeeOn(who: Who, camera: string, at: number, role?: string): boolean {
    const rights = this.rights(who, camera)
    return rights.some((right) => (role === undefined || right.role === role) && goesOn(right.spans, at))
  }

  /** The same, and there was no moment without it: taken away and given back, it may have been missed in between. */
  sawThroughout(who: Who, camera: string, at: number, role: string): boolean {
    return this.rights(who, camera).some((right) => right.role === role && goesThrough(right.spans, at))
  }

  hadStanding(who: Who, at: number): boolean {
    return heldWithin(this.standing(who), at, at)
  }

  wasOwner(who: Who, at: number): boolean {
    return heldWithin(this.ownership(who), at, at)
  }
}

function roleBy(grant: ModelGrant, who: Who): Role | null {
  if (grant.to.kind === 'link') return who.kind === 'guest' && who.id === grant.id ? 'guest' : null
  return who.kind === 'person' && grant.to.person?.id === who.id ? 'viewer' : null
}

function grantedTo({ valid, to }: ModelGrant): Span {
  if (to.kind === 'link') return { from: valid.from, to: Math.min(valid.to, to.until) }
  return { from: Math.max(valid.from, to.person?.since ?? 0), to: valid.to }
}

/** As the protocol has it of codes and links: SHA-256 of the text, base64url. */
export function secretHash(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url')
}
