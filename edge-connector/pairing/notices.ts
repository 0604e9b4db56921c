import type { PairingPorts } from './pairing.ts'
import { PAIRED_NOTICE, pairingNotice } from './pairing-notice.ts'
import { terminalQr } from './terminal-qr.ts'

/** As much of `process` as this needs. */
interface Surroundings {
  readonly stderr: { readonly isTTY?: boolean; write(text: string): unknown }
  /** There is one when the process was started with a channel to its parent. */
  readonly send?: ((message: object, callback: (error: Error | null) => void) => unknown) | undefined
}

/**
 * Shows what a person, or the program that started this one, needs to claim the device. Standard error and no log:
 * whoever has the link can claim. A terminal also gets the QR code; a journal would keep it as twenty lines of noise.
 */
export function createNotices(around: Surroundings): Pick<PairingPorts, 'show' | 'showPaired'> {
  const { stderr } = around
  return {
    async show(link) {
      // A parent that is gone ends this process by itself.
      around.send?.({ kind: 'pairing', link: link.url }, () => {})
      const qr = stderr.isTTY === true ? await terminalQr(link.url) : []
      const zoneMinutes = -new Date(link.until).getTimezoneOffset()
      stderr.write(pairingNotice(link, { qr, zoneMinutes }))
    },
    showPaired() {
      stderr.write(PAIRED_NOTICE)
    },
  }
}
