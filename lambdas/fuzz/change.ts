/** What a write to the database means, in the words of the protocol. */
export type Change =
  | { readonly kind: 'paired'; readonly device: string; readonly label: string }
  | { readonly kind: 'unpaired'; readonly device: string }
  | { readonly kind: 'device-renamed'; readonly device: string; readonly label: string }
  | { readonly kind: 'code-set'; readonly device: string; readonly hash: string; readonly until: number }
  | { readonly kind: 'code-cleared'; readonly device: string }
  | {
      readonly kind: 'granted'
      readonly device: string
      readonly grant: string
      readonly camera: string
      readonly to: GrantedTo
    }
  | { readonly kind: 'bound'; readonly grant: string; readonly person: string }
  | { readonly kind: 'revoked'; readonly device: string; readonly grant: string }
  | { readonly kind: 'regranted'; readonly grant: string }
  | {
      readonly kind: 'address'
      readonly device: string
      readonly from: string | null
      readonly to: string | null
    }
  | { readonly kind: 'instance'; readonly device: string; readonly instance: string }
  | { readonly kind: 'sequence'; readonly device: string; readonly sequence: number | null }
  | { readonly kind: 'lease'; readonly device: string; readonly until: number }
  | { readonly kind: 'cameras'; readonly device: string; readonly names: readonly string[] }
  | { readonly kind: 'camera-state'; readonly device: string; readonly name: string }
  | { readonly kind: 'camera-renamed'; readonly camera: string; readonly label: string | null }
  | { readonly kind: 'person'; readonly person: string; readonly email: string | null; readonly name: string }
  | { readonly kind: 'owner'; readonly person: string; readonly owner: boolean }
  | { readonly kind: 'signed-out'; readonly person: string; readonly at: number }
  | { readonly kind: 'link'; readonly hash: string; readonly device: string; readonly grant: string }
  | { readonly kind: 'first-owner'; readonly email: string; readonly person: string; readonly holder: string }
  | { readonly kind: 'listed'; readonly connection: string; readonly viewer: string; readonly owner: boolean }
  | { readonly kind: 'unlisted'; readonly connection: string }
  | { readonly kind: 'disconnected'; readonly connection: string }
  | {
      readonly kind: 'call'
      readonly outcome: 'opened' | 'retried' | 'noted'
      readonly call: string
      readonly camera: string
      readonly viewer: string
      readonly connection: string
      readonly role: string
      readonly until: number | null
    }
  | {
      readonly kind: 'call-moved'
      readonly call: string
      readonly camera: string
      readonly viewer: string
      readonly connection: string
    }
  | { readonly kind: 'call-ended'; readonly device: string; readonly call: string }

export type GrantedTo =
  | { readonly kind: 'person'; readonly email: string; readonly person: string | null }
  | { readonly kind: 'link'; readonly label: string; readonly until: number; readonly max: number }
