import { splitCameraId } from '../../protocol/identifiers.ts'
import type { VisibleCamera } from '../../protocol/welcome.ts'
import type { Page } from '../page.ts'
import type { CallState } from '../viewer/call-state.ts'
import { CameraTile } from './camera-tile.tsx'

const IDLE: CallState = { phase: 'idle' }

/** One open camera is shown as large as the page allows; several share it. */
export function CameraGrid({ page, cameras }: { page: Page; cameras: readonly VisibleCamera[] }) {
  const { calls, newDevices, watchers } = page.viewer.value
  const pictures = page.pictures.value
  const callOf = (camera: VisibleCamera) => calls.get(camera.camera) ?? IDLE
  const open = cameras.filter((camera) => callOf(camera).phase !== 'idle').length
  return (
    <div class="grid" data-cameras={Math.min(cameras.length, 3)} data-open={Math.min(open, 2)}>
      {cameras.map((camera) => {
        const call = callOf(camera)
        return (
          <CameraTile
            key={camera.camera}
            page={page}
            camera={camera}
            call={call}
            picture={'call' in call ? pictures.get(call.call) : undefined}
            isNew={newDevices.has(splitCameraId(camera.camera).device)}
            watches={watchers.get(camera.camera) ?? []}
          />
        )
      })}
    </div>
  )
}
