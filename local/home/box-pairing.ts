import { join } from 'node:path'
import { readIfThere, replaceFile } from '../kept-file.ts'

interface BoxPairingPorts {
  /** Of the connector: who removes it has another device. */
  readonly folder: string
  readonly claim: (link: string) => void
  readonly say: (link: string) => void
}

export interface BoxPairing {
  /** The connector waits for an owner to open the link. */
  waits(link: string): void
  paired(): void
}

/**
 * The connector of this box is claimed without anybody asking for it, but once: one that its owner has unpaired stays
 * so, after the next start too, until they open its link.
 */
export function boxPairing({ folder, claim, say }: BoxPairingPorts): BoxPairing {
  const file = join(folder, 'was-paired')
  let asked = readIfThere(file) !== undefined
  return {
    waits(link) {
      if (asked) return say(link)
      asked = true
      claim(link)
    },
    paired() {
      asked = true
      if (readIfThere(file) === undefined) replaceFile(file, '')
    },
  }
}
