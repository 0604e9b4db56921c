import { lookup } from 'node:dns/promises'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { privateAddress } from './lan-address.ts'
import { StartError } from './start-error.ts'
import type { CertificateFiles } from './tls/certificate-files.ts'
import { type GivenCertificate, readGivenCertificate } from './tls/given-certificate.ts'
import { ownCertificate } from './tls/own-certificate.ts'

/** Other machines of the home may open the page, which browsers allow to do what it does by https alone. */
export interface LanOptions {
  /** The one name or address that the page goes by; the machine's own address unless given. */
  readonly host?: string
  /** The owner's; without it the box makes one of its own. */
  readonly certificate?: GivenCertificate
}

/** Where the site listens, what it is called, and what it shows for it. */
export interface Front {
  readonly host: string | undefined
  readonly name: string
  readonly certificate?: CertificateFiles
}

const THIS_MACHINE: Front = { host: '127.0.0.1', name: 'localhost' }

export interface FrontOptions {
  readonly lan: LanOptions | undefined
  readonly dataFolder: string
  /** Epoch ms. */
  readonly now: number
  /** Rejects for a name that this machine does not find. */
  readonly find?: (name: string) => Promise<unknown>
}

export async function openFront({ lan, dataFolder, now, find = lookup }: FrontOptions): Promise<Front> {
  if (!lan) return THIS_MACHINE
  const name = lan.host ?? privateAddress(networkInterfaces())
  if (name === undefined) {
    throw new StartError(
      'This machine has no address in a home network. Name it: npm start -- --lan --host NAME',
    )
  }
  await find(name).catch((cause: unknown) => {
    throw new StartError(
      `The name ${name} leads nowhere on this machine, whose own programs open the page by it too. Add it to /etc/hosts with the address of this machine, or name that address: npm start -- --lan --host 192.168.…`,
      {
        cause,
      },
    )
  })
  const certificate = lan.certificate
    ? readGivenCertificate(lan.certificate, name, now)
    : await ownCertificate(join(dataFolder, 'tls'), name, now)
  return { host: undefined, name, certificate }
}
