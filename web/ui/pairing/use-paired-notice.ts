import { useLayoutEffect, useState } from 'preact/hooks'
import { splitCameraId } from '../../../protocol/identifiers.ts'
import type { VisibleCamera } from '../../../protocol/welcome.ts'

export interface PairedJustNow {
  readonly device: string
  readonly label: string
}

/** What was paired, until a camera of it is there or the notice is closed. */
export function usePairedNotice(cameras: readonly VisibleCamera[]) {
  const [paired, setPaired] = useState<PairedJustNow | null>(null)
  const arrived = cameras.some(
    ({ camera, state }) => state !== 'removed' && splitCameraId(camera).device === paired?.device,
  )
  const close = () => setPaired(null)
  useLayoutEffect(() => {
    if (arrived) close()
  }, [arrived])
  return { paired, setPaired, close }
}
