import type { VisibleCamera } from '../../protocol/welcome.ts'
import type { Catalogue } from '../text/catalogue.ts'
import { formatSince } from '../text/format-since.ts'
import type { Language } from '../text/languages.ts'
import { presenceWords } from '../text/words.ts'
import { isLive } from '../viewer/call/call-effects.ts'
import type { CallState } from '../viewer/call/call-state.ts'
import { isShutOut } from './over-because.ts'

interface CaptionProps {
  readonly text: Catalogue
  readonly language: Language
  readonly camera: VisibleCamera
  readonly call: CallState
  /** Others have the places that it has. */
  readonly full: boolean
  readonly isNew: boolean
  readonly nameId: string
  /** The link is up: what is known of the camera is so now. */
  readonly current: boolean
}

export function Caption({ text, language, camera, call, full, isNew, nameId, current }: CaptionProps) {
  const now = Date.now()
  const shutOut = isShutOut(call)
  // With one's own call, that is.
  const busyWithMe = camera.state === 'busy' && isLive(call) && !full
  return (
    <div class="caption">
      <h2 id={nameId}>
        {isNew && <span class="badge">{text.newCamera.badge}</span>}
        <span dir="auto">{camera.label}</span>
      </h2>
      <p role="status" class={call.phase === 'playing' ? 'state live' : 'state'}>
        {call.phase === 'playing'
          ? text.call.live
          : shutOut || busyWithMe
            ? ''
            : presenceWords(text, camera, formatSince(camera.since, now, language), current)}
      </p>
      {camera.until !== undefined && !shutOut && (
        <p class="until">{text.sharing.until(formatSince(camera.until, now, language))}</p>
      )}
    </div>
  )
}
