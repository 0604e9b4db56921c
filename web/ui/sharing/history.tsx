import { useState } from 'preact/hooks'
import type { Watch } from '../../../protocol/operations.ts'
import { HistoryList } from './history-list.tsx'
import type { SharedProps } from './shared-props.ts'

/** Asked for when it is unfolded. */
export function History(props: SharedProps & { watches: readonly Watch[] }) {
  const [open, setOpen] = useState(false)
  return (
    <details class="fold" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{props.panels.history.title}</summary>
      {open && <HistoryList {...props} />}
    </details>
  )
}
