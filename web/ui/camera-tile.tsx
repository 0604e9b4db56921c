import { useRef } from 'preact/hooks'
import { splitCameraId } from '../../protocol/identifiers.ts'
import { whoMakesRoom } from '../../protocol/make-room.ts'
import type { Watch } from '../../protocol/operations.ts'
import type { VisibleCamera } from '../../protocol/welcome.ts'
import type { Picture } from '../browser/peer-connections.ts'
import type { Page } from '../page.ts'
import { catalogueOf } from '../text/catalogues.ts'
import { type CallWords, callWords, regainWords } from '../text/words.ts'
import { isLive } from '../viewer/call/call-effects.ts'
import type { CallState } from '../viewer/call/call-state.ts'
import { isUp } from '../viewer/link/link-state.ts'
import { isLost, type RegainState } from '../viewer/regain/regain-state.ts'
import { Caption } from './caption.tsx'
import { Controls } from './controls.tsx'
import { Eye } from './icons.tsx'
import { LastFrame } from './last-frame.tsx'
import { NewCamera } from './new-camera.tsx'
import { isAlarm, isGone, mayTryAgain } from './over-because.ts'
import { OwnerTools } from './owner-tools.tsx'
import { PictureView, usePictureView } from './picture-view.tsx'
import { StageWords } from './stage-words.tsx'
import { TakeOver } from './take-over.tsx'
import { useKeptFocus } from './use-kept-focus.ts'
import { useKeptInView } from './use-kept-in-view.ts'
import { WatchButton } from './watch-button.tsx'

export interface CameraTileProps {
  readonly page: Page
  readonly camera: VisibleCamera
  readonly call: CallState
  readonly regain: RegainState
  readonly picture: Picture | undefined
  /** Of a device that this browser does not know yet. */
  readonly isNew: boolean
  readonly watches: readonly Watch[]
}

export function CameraTile({ page, camera, call, regain, picture, isNew, watches }: CameraTileProps) {
  const tile = useRef<HTMLElement>(null)
  const regaining = isLost(regain)
  const idle = call.phase === 'idle' && !regaining
  const over = !regaining && (call.phase === 'ended' || call.phase === 'failed')
  const state = regaining ? 'regaining' : call.phase
  useKeptFocus(tile, isNew ? 'new' : state)
  useKeptInView(tile, !idle)
  const { actions } = page
  const view = usePictureView(tile, picture, regaining, () => {
    if (call.phase !== 'idle') actions.playBlocked(call.call)
  })
  const language = page.language.value
  const text = catalogueOf(language)
  const nameId = `name-${camera.camera}`
  const watch = () => actions.call(camera.camera)
  const leave = () => actions.leave(camera.camera)
  const alarm = isAlarm(call)
  const gone = isGone(call, camera.state)
  const owner = camera.role === 'owner' && !isNew
  // Of one who posed as the camera it is still to be told.
  const callSays = gone && !alarm ? text.call.gone : callWords(text, call, owner)
  const words = view.blocked ? text.call.blocked : (regainWords(text, regain, call) ?? callSays)
  const full = idle ? camera.state === 'busy' : isFull(call, regain) && !gone
  // To take over is then what there is to do, and says all that the stage would.
  const whom = owner && full ? whoMakesRoom(watches) : undefined
  const again = over && mayTryAgain(call) && !gone && whom === undefined

  return (
    <article
      ref={tile}
      class="tile"
      aria-labelledby={nameId}
      data-camera={camera.camera}
      data-presence={camera.state}
      data-state={state}
      data-regain={regaining ? regain.why : undefined}
      data-new={isNew}
      data-failure={call.phase === 'failed' ? call.failure.code : undefined}
      data-alarm={alarm}
      data-blocked={view.blocked}
    >
      <div class="stage">
        {!idle && <LastFrame view={view} />}
        {isLive(call) && (
          <PictureView
            key={call.call}
            view={view}
            label={camera.label}
            onFirstFrame={() => actions.firstFrame(call.call)}
          />
        )}
        {idle && isNew && (
          <NewCamera
            text={text}
            label={camera.label}
            owner={page.viewer.value.self?.owner === true}
            add={() => actions.acceptDevice(splitCameraId(camera.camera).device)}
          />
        )}
        {idle && !isNew && whom === undefined && <WatchButton text={text} camera={camera} watch={watch} />}
        {idle && whom !== undefined && (
          <div class="taken">
            <Eye open small />
          </div>
        )}
        <StageWords words={over && whom !== undefined ? whatOf(words) : words} alarm={alarm}>
          {again && (
            <button type="button" class={alarm ? '' : 'strong'} data-primary onClick={watch}>
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
      {whom !== undefined && (
        <TakeOver
          text={text}
          name={whom.name}
          primary={idle}
          takeOver={() => actions.takeOver(camera.camera)}
        />
      )}
      <footer>
        <Caption
          text={text}
          language={language}
          camera={camera}
          call={call}
          full={full}
          isNew={isNew}
          nameId={nameId}
          current={isUp(page.viewer.value.link)}
        />
        {owner && <OwnerTools page={page} camera={camera} watches={watches} />}
        {!idle && (
          <Controls text={text} call={call} regaining={regaining} view={view} again={again} leave={leave} />
        )}
      </footer>
    </article>
  )
}

function whatOf(words: CallWords | null): CallWords | null {
  return words === null ? null : { what: words.what }
}

/** Others have the places that it has. */
function isFull(call: CallState, regain: RegainState): boolean {
  if (isLost(regain)) return regain.why === 'camera-busy'
  return call.phase === 'failed' && call.failure.code === 'camera-busy'
}
