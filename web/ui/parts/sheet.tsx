import type { ComponentChildren } from 'preact'
import { useId, useLayoutEffect, useRef } from 'preact/hooks'
import { CloseIcon } from '../icons.tsx'

interface SheetProps {
  readonly title: string
  readonly closeLabel: string
  /** It is closed already. */
  readonly closed: () => void
  readonly children: ComponentChildren
}

/**
 * A modal dialog, from below on a phone. The browser's own keeps the focus inside, gives it back and heeds Esc; a tap
 * beside it does nothing, for what is shown only once may stand in it.
 */
export function Sheet({ title, closeLabel, closed, children }: SheetProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const titleId = useId()
  useLayoutEffect(() => {
    const element = dialog.current
    element?.showModal()
    return () => element?.close()
  }, [])
  return (
    <dialog ref={dialog} class="sheet" aria-labelledby={titleId} onClose={closed}>
      <div class="sheet-head">
        <h2 id={titleId} tabIndex={-1} autofocus>
          {title}
        </h2>
        <button type="button" class="quiet" aria-label={closeLabel} onClick={() => dialog.current?.close()}>
          <CloseIcon />
        </button>
      </div>
      <div class="sheet-body">{children}</div>
    </dialog>
  )
}
