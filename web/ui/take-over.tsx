import { whoMakesRoom } from '../../protocol/make-room.ts'
import type { Watch } from '../../protocol/operations.ts'
import type { Catalogue } from '../text/catalogue.ts'

interface TakeOverProps {
  readonly text: Catalogue
  readonly watches: readonly Watch[]
  readonly takeOver: () => void
}

/** Offered to an owner at a full camera, where there is somebody who would make room. */
export function TakeOver({ text: { sharing }, watches, takeOver }: TakeOverProps) {
  const whom = whoMakesRoom(watches)
  if (whom === undefined) return null
  const words = sharing.takeOver(whom.name)
  return (
    <div class="take-over">
      <p>
        <strong>{words.what}</strong>
        <span dir="auto">{words.advice}</span>
      </p>
      <button type="button" class="strong" onClick={takeOver}>
        {sharing.takeOverNow}
      </button>
    </div>
  )
}
