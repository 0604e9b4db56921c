import type { VisibleCamera } from '../../protocol/welcome.ts'
import type { Catalogue } from '../text/catalogue.ts'
import { presenceAdvice } from '../text/words.ts'
import { Eye } from './icons.tsx'

interface WatchButtonProps {
  readonly text: Catalogue
  readonly camera: VisibleCamera
  readonly watch: () => void
}

/** The whole stage is the button. A camera that seems away may be tried all the same: presence can be late. */
export function WatchButton({ text, camera, watch }: WatchButtonProps) {
  const advice = presenceAdvice(text, camera.state, camera.role === 'owner')
  const there = camera.state === 'online' || camera.state === 'busy'
  return (
    <button type="button" class={there ? 'watch-button' : 'watch-button away'} data-primary onClick={watch}>
      <Eye open={there} small={advice !== null} />
      {advice !== null && <span class="advice">{advice}</span>}
      <span class={advice === null ? 'watch' : 'try'}>
        {advice === null ? text.action.watch : text.action.callAnyway}
        <span class="unseen"> {camera.label}</span>
      </span>
    </button>
  )
}
