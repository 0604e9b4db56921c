import { hostname } from 'node:os'
import * as v from 'valibot'
import { readAppLink } from '../../protocol/app-link.ts'
import { Label } from '../../protocol/identifiers.ts'
import { signIn } from '../identity/sign-in-client.ts'
import { ClaimError, claimDevice } from './claim-device.ts'

/** What the connector of this box is called in the app, in whatever language, until its owner calls it otherwise. */
export function boxLabel(host: string): string {
  const [name] = host.split('.')
  return v.is(Label, name) ? name : 'Mihari'
}

/** What a connector sends to the process that has started it, when no owner has claimed it yet. */
const PairingMessage = v.object({ kind: v.literal('pairing'), link: v.string() })

/** Where the people and the socket of this box are. */
export interface BoxCloud {
  readonly siteUrl: string
  readonly socketUrl: string
  /** Of the owner. */
  readonly signInLink: string
  /** PEM of the certificate that the site shows, where that is not vouched for by a known authority. */
  readonly ca?: string
}

/** The pairing link in what a connector sends; undefined when it sends something else. */
export function readPairingLink(message: unknown): string | undefined {
  return v.is(PairingMessage, message) ? message.link : undefined
}

/** Does what an owner does who opens the link: signs in, and claims the device. */
export async function pairBox(cloud: BoxCloud, pairingLink: string): Promise<void> {
  const link = readAppLink(new URL(pairingLink).hash)
  if (link?.kind !== 'pair') throw new ClaimError('the edge connector gave no pairing link')
  const ca = cloud.ca === undefined ? {} : { ca: cloud.ca }
  const { idToken } = await signIn(cloud.siteUrl, cloud.signInLink, ca)
  await claimDevice({ socketUrl: cloud.socketUrl, idToken, link, label: boxLabel(hostname()), ...ca })
}
