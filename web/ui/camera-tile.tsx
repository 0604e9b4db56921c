import { useRef } from 'preact/hooks'
import type { VisibleCamera } from '../../protocol/welcome.ts'
import type { Picture } from '../browser/peer-connections.ts'
import type { PageActions } from '../page.ts'
import type { Catalogue } from '../text/catalogue.ts'
import { formatSince } from '../text/format-since.ts'
import type { Language } from '../text/languages.ts'
import { callWords, presenceWords } from '../text/words.ts'
import type { CallState } from '../viewer/call-state.ts'
import { Controls } from './controls.tsx'
import { Invitation } from './invitation.tsx'
import { PictureView, usePictureView } from './picture-view.tsx'
import { StageWords } from './stage-words.tsx'
import { useKeptFocus } from './use-kept-focus.ts'
import { useKeptInView } from './use-kept-in-view.ts'

export interface CameraTileProps {
  readonly text: Catalogue
  readonly language: Language
  readonly camera: VisibleCamera
  readonly call: CallState
  readonly picture: Picture | undefined
  readonly actions: PageActions
}

export function CameraTile({ text, language, camera, call, picture, actions }: CameraTileProps) {
  const tile = useRef<HTMLElement>(null)
  useKeptFocus(tile, call.phase)
  useKeptInView(tile, call.phase !== 'idle')
  const view = usePictureView(tile, picture)
  const nameId = `name-${camera.camera}`
  const watch = () => actions.call(camera.camera)
  const leave = () => actions.leave(camera.camera)
  const over = call.phase === 'ended' || call.phase === 'failed'
  const words = view.blocked ? text.call.blocked : callWords(text, call)

  return (
    <article
      ref={tile}
      class="tile"
      aria-labelledby={nameId}
      data-camera={camera.camera}
      data-presence={camera.state}
      data-state={call.phase}
      data-failure={call.phase === 'failed' ? call.failure.code : undefined}
    >
      <div class="stage">
        {call.phase !== 'idle' && !over && (
          <PictureView
            key={call.call}
            view={view}
            label={camera.label}
            onFirstFrame={() => actions.firstFrame(call.call)}
          />
        )}
        {call.phase === 'idle' && <Invitation text={text} camera={camera} watch={watch} />}
        <StageWords words={words}>
          {over && (
            <button type="button" class="strong" data-primary onClick={watch}>
              {text.action.tryAgain}
            </button>
          )}
          {view.blocked && (
            <button type="button" class="strong" onClick={view.start}>
              {text.action.startPicture}
            </button>
          )}
        </StageWords>
      </div>
      <footer>
        <div class="caption">
          <h2 id={nameId}>{camera.label}</h2>
          <p role="status" class={call.phase === 'playing' ? 'state live' : 'state'}>
            {call.phase === 'playing'
              ? text.call.live
              : presenceWords(text, camera, formatSince(camera.since, Date.now(), language))}
          </p>
        </div>
        {call.phase !== 'idle' && <Controls text={text} call={call} view={view} leave={leave} />}
      </footer>
    </article>
  )
}
