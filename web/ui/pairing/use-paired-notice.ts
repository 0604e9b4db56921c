import { useEffect, useState } from 'preact/hooks'
import { splitCameraId } from '../../../protocol/identifiers.ts'
import type { VisibleCamera } from '../../../protocol/welcome.ts'

export interface PairedJustNow {
  readonly device: string
  readonly label: string
}

/** Long enough to be read, once there is nothing left to wait for. */
export const READ_MS = 8_000

/** What was paired, until a camera of it has been there for a while or the notice is closed. */
export function usePairedNotice(cameras: readonly VisibleCamera[]) {
  const [paired, setPaired] = useState<PairedJustNow | null>(null)
  const arrived = cameras.some(
    ({ camera, state }) => state !== 'removed' && splitCameraId(camera).device === paired?.device,
  )
  const close = () => setPaired(null)
  useEffect(() => {
    if (!arrived) return
    const timer = setTimeout(close, READ_MS)
    return () => clearTimeout(timer)
  }, [arrived, paired])
  return { paired, arrived, setPaired, close }
}
