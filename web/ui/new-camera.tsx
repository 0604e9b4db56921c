import type { Catalogue } from '../text/catalogue.ts'
import { Eye } from './icons.tsx'

interface NewCameraProps {
  readonly text: Catalogue
  readonly label: string
  /** Who reads it is an owner of the deployment. */
  readonly owner: boolean
  readonly add: () => void
}

/** A camera of a device that this browser has not seen before is looked at by a person first [R43]. */
export function NewCamera({ text: { newCamera }, label, owner, add }: NewCameraProps) {
  return (
    <div class="new-camera">
      <Eye open={false} small />
      <p>
        <strong>{newCamera.what}</strong>
        <span>{newCamera.advice[owner ? 'owner' : 'other']}</span>
      </p>
      <button type="button" class="strong" data-primary onClick={add}>
        {newCamera.add}
        <span class="unseen"> {label}</span>
      </button>
    </div>
  )
}
