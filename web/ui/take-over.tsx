import type { Catalogue } from '../text/catalogue.ts'

interface TakeOverProps {
  readonly text: Catalogue
  /** Who makes room. */
  readonly name: string
  /** There is nothing else to do with the camera. */
  readonly primary: boolean
  readonly takeOver: () => void
}

/** Offered to an owner at a full camera, where there is somebody who would make room. */
export function TakeOver({ text: { sharing }, name, primary, takeOver }: TakeOverProps) {
  const words = sharing.takeOver(name)
  return (
    <div class="take-over">
      <p>
        <strong>{words.what}</strong>
        <span dir="auto">{words.advice}</span>
      </p>
      <button type="button" class="strong" data-primary={primary ? true : undefined} onClick={takeOver}>
        {sharing.takeOverNow}
      </button>
    </div>
  )
}
