import * as v from 'valibot'
import { DeviceId, Secret } from './identifiers.ts'

/**
 * A link that opens the app for a purpose. All of it is in the fragment, which no server sees; `device` comes from
 * whoever made the link, so that the browser learns the device's id from there and not from the cloud.
 */
export type AppLink =
  | { readonly kind: 'pair'; readonly device: string; readonly code: string }
  | { readonly kind: 'guest'; readonly device: string; readonly secret: string }
  /** Begins to sign in without a further click. */
  | { readonly kind: 'sign-in' }

/** `site` without a slash at the end. */
export function appLink(site: string, link: AppLink): string {
  switch (link.kind) {
    case 'pair':
      return `${site}/#pair=${link.code}&device=${link.device}`
    case 'guest':
      return `${site}/#guest=${link.secret}&device=${link.device}`
    case 'sign-in':
      return `${site}/#sign-in`
  }
}

/** Of a location's hash, with its `#`; null when it is none of ours. */
export function readAppLink(hash: string): AppLink | null {
  if (hash === '#sign-in') return { kind: 'sign-in' }
  const fields = new URLSearchParams(hash.slice(1))
  const device = fields.get('device')
  const code = fields.get('pair')
  const secret = fields.get('guest')
  if (!v.is(DeviceId, device)) return null
  if (v.is(Secret, code)) return { kind: 'pair', device, code }
  return v.is(Secret, secret) ? { kind: 'guest', device, secret } : null
}
