import { splitCameraId } from '../../protocol/identifiers.ts'
import type { VisibleCamera } from '../../protocol/welcome.ts'
import type { Page } from '../page.ts'
import type { CallState } from '../viewer/call/call-state.ts'
import { isLost, type RegainState } from '../viewer/regain/regain-state.ts'
import { CameraTile } from './camera-tile.tsx'

const IDLE: CallState = { phase: 'idle' }
const OFF: RegainState = { phase: 'off' }

/** One open camera is shown as large as the page allows; several share it. */
export function CameraGrid({ page, cameras }: { page: Page; cameras: readonly VisibleCamera[] }) {
  const { calls, regains, newDevices, watchers } = page.viewer.value
  const pictures = page.pictures.value
  const callOf = (camera: VisibleCamera) => calls.get(camera.camera) ?? IDLE
  const regainOf = (camera: VisibleCamera) => regains.get(camera.camera) ?? OFF
  const open = cameras.filter((camera) => callOf(camera).phase !== 'idle' || isLost(regainOf(camera))).length
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
            regain={regainOf(camera)}
            picture={'call' in call ? pictures.get(call.call) : undefined}
            isNew={newDevices.has(splitCameraId(camera.camera).device)}
            watches={watchers.get(camera.camera) ?? []}
          />
        )
      })}
    </div>
  )
}
