import type { UserManager } from 'oidc-client-ts'
import type { HeldToken, Renewal } from './issuer.ts'
import { isUnreachable } from './issuer-errors.ts'

type Stored = () => HeldToken | null

/** In place of `outdated`, unless another tab has done so. */
export async function renew(manager: UserManager, stored: Stored, outdated: string): Promise<Renewal> {
  const held = stored()
  if (held === null) return { kind: 'refused' }
  if (held.token !== outdated) return { kind: 'held', held }
  const user = await manager.getUser()
  // Without a refresh token the library would ask in a frame, which browsers keep from the issuer's session.
  if (user?.refresh_token === undefined) return { kind: 'refused' }
  return attempt(() => manager.signinSilent(), stored)
}

/** What it brings stands in the storage, as the library has put it there. */
export async function attempt(act: () => Promise<unknown>, stored: Stored): Promise<Renewal> {
  try {
    await act()
  } catch (error) {
    return { kind: isUnreachable(error) ? 'unreachable' : 'refused' }
  }
  const held = stored()
  return held === null ? { kind: 'refused' } : { kind: 'held', held }
}
