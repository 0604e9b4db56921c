import { useState } from 'preact/hooks'
import type { Watch } from '../../../protocol/operations.ts'
import { formatSince } from '../../text/format-since.ts'
import { mergePage } from '../../viewer/all-pages.ts'
import { AlarmIcon } from '../icons.tsx'
import { NotDoneWords } from '../parts/not-done.tsx'
import { useRequest } from '../parts/use-request.ts'
import type { SharedProps } from './shared-props.ts'
import { wasNotGenuine, watchLine } from './watch-line.ts'

interface Pages {
  readonly watches: readonly Watch[]
  readonly cursor: string | undefined
}

/** Asked for when it is unfolded, page by page. */
export function History({ text, panels, language, actions, camera }: SharedProps) {
  const [pages, setPages] = useState<Pages | null>(null)
  const request = useRequest()
  const { history } = panels
  const more = (from: Pages | null) =>
    request.run(
      () => actions.ask('list-history', { camera: camera.camera, cursor: from?.cursor }),
      ({ answer }) =>
        setPages({
          watches: mergePage(from?.watches ?? [], answer.watches, ({ call }) => call),
          cursor: answer.cursor,
        }),
    )
  return (
    <details
      class="fold"
      onToggle={({ currentTarget }) => {
        if (currentTarget.open) more(null)
      }}
    >
      <summary>{history.title}</summary>
      {pages === null && request.state.phase === 'asking' && <p class="hint">{text.panel.loading}</p>}
      {pages?.watches.length === 0 && <p class="hint">{history.none}</p>}
      <ul class="rows">
        {pages?.watches.map((watch) => (
          <li key={watch.call} data-alarm={wasNotGenuine(watch)}>
            <div class="item">
              <strong dir="auto">{watch.name}</strong>
              <span>
                {formatSince(watch.startedAt, Date.now(), language)}
                {' · '}
                {text.sharing.watcherRoles[watch.role]}
                {!wasNotGenuine(watch) && ` · ${watchLine(text, panels, watch)}`}
              </span>
              {wasNotGenuine(watch) && (
                <p class="not-genuine">
                  <AlarmIcon />
                  <strong>{history.alarm.what}</strong>
                  <span>{history.alarm.advice}</span>
                </p>
              )}
            </div>
          </li>
        ))}
      </ul>
      <NotDoneWords text={text} state={request.state} />
      {(pages?.cursor !== undefined || request.state.phase === 'not-done') && (
        <button type="button" aria-busy={request.state.phase === 'asking'} onClick={() => more(pages)}>
          {pages === null ? text.action.tryAgain : history.more}
        </button>
      )}
    </details>
  )
}
