import type { Catalogue } from '../text/catalogue.ts'
import type { CallState } from '../viewer/call/call-state.ts'
import { CloseIcon, FullScreenIcon, SoundIcon } from './icons.tsx'
import type { PictureControls } from './picture-view.tsx'

interface ControlsProps {
  readonly text: Catalogue
  readonly call: CallState
  /** Its picture was lost and is being called again. */
  readonly regaining: boolean
  readonly view: PictureControls
  /** Its stage offers to try again. */
  readonly again: boolean
  readonly leave: () => void
}

export function Controls({ text: { action }, call, regaining, view, again, leave }: ControlsProps) {
  const over = !regaining && (call.phase === 'ended' || call.phase === 'failed')
  const watching = !regaining && (call.phase === 'playing' || call.phase === 'interrupted')
  const leaveLabel = over ? action.close : watching ? action.hangUp : action.cancel
  const soundLabel = view.muted ? action.soundOn : action.soundOff
  const fullScreenLabel = view.fullScreen ? action.leaveFullScreen : action.fullScreen
  return (
    <div class="controls">
      {watching && view.hasSound && (
        <button type="button" aria-label={soundLabel} title={soundLabel} onClick={view.toggleSound}>
          <SoundIcon on={!view.muted} />
        </button>
      )}
      {watching && view.canFullScreen && (
        <button
          type="button"
          aria-label={fullScreenLabel}
          title={fullScreenLabel}
          onClick={view.toggleFullScreen}
        >
          <FullScreenIcon on={view.fullScreen} />
        </button>
      )}
      <button
        type="button"
        class={watching ? 'stop' : ''}
        data-primary={again ? undefined : true}
        onClick={leave}
      >
        <CloseIcon />
        {leaveLabel}
      </button>
    </div>
  )
}
