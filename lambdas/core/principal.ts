/** Who sent a message: proven at the door, handed on by the gateway with every event. */
export type Principal =
  | { readonly kind: 'viewer'; readonly id: string }
  | { readonly kind: 'device'; readonly id: string }

export interface Sender {
  readonly principal: Principal
  readonly connection: string
  /** Epoch ms. */
  readonly connectedAt: number
}

/** Every viewer of a backend without accounts. */
export const LOCAL_VIEWER = 'local'
