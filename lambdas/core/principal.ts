import type { ErrorCode } from '../../protocol/error-codes.ts'

/** Who a message is from: proven at the door, handed on by the gateway with every event. */
export type Principal = Person | Guest | Device | Nobody
/** Who makes calls. `id` is what a call belongs to. */
export type ViewerPrincipal = Person | Guest

export interface Person {
  readonly kind: 'person'
  /** Hash of issuer and subject. */
  readonly id: string
  /** In lower case, and only when the issuer has verified it; else null. */
  readonly email: string | null
  /** What others see: the address, else the name that the issuer gives, as long as the wire has room for. */
  readonly name: string
  /** Epoch ms: when this person proved who it is, however often the token was renewed since. */
  readonly authenticatedAt: number
}

export interface Guest {
  readonly kind: 'guest'
  /** The grant of the link. */
  readonly id: string
  /** The link's device: its grants are on that device's item. */
  readonly device: string
}

export interface Device {
  readonly kind: 'device'
  readonly id: string
}

/** Why a credential that was good once counts no more. */
export const NOBODY_REASONS = [
  'token-expired',
  'signed-out',
  'link-expired',
  'link-revoked',
  'clock-wrong',
] as const satisfies readonly ErrorCode[]

/** Someone whose credential was good once. Is told so at the first message, and disconnected. */
export interface Nobody {
  readonly kind: 'nobody'
  readonly reason: (typeof NOBODY_REASONS)[number]
}

export interface Sender<Kind extends Principal = Principal> {
  readonly principal: Kind
  readonly connection: string
  /** Epoch ms. */
  readonly connectedAt: number
}
