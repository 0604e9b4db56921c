import { useEffect, useState } from 'preact/hooks'
import type { Watch } from '../../../protocol/operations.ts'
import { formatSince } from '../../text/format-since.ts'
import { notDoneWords } from '../../text/words.ts'
import { AlarmIcon } from '../icons.tsx'
import { FailureWords } from '../parts/failure-words.tsx'
import { NotDoneWords } from '../parts/not-done.tsx'
import { useLoaded } from '../parts/use-loaded.ts'
import { useRequest } from '../parts/use-request.ts'
import { type HistoryPages, withNewest, withOlder } from './history-pages.ts'
import type { SharedProps } from './shared-props.ts'
import { wasNotGenuine, watchLine } from './watch-line.ts'

interface HistoryListProps extends SharedProps {
  /** Who watches now: whenever that changes there is something new. */
  readonly watches: readonly Watch[]
}

/** Page by page, and the newest again whenever somebody begins or ends while it is shown. */
export function HistoryList({ watches, ...shared }: HistoryListProps) {
  const { text, panels, actions, camera } = shared
  const [pages, setPages] = useState<HistoryPages | null>(null)
  const ask = (cursor: string | undefined) => actions.ask('list-history', { camera: camera.camera, cursor })
  const { state, reload } = useLoaded<HistoryPages>(
    () => ask(undefined),
    watches.map(({ call }) => call).join(),
  )
  const older = useRequest()
  const newest = state.phase === 'loaded' ? state.answer : null
  useEffect(() => {
    if (newest !== null) setPages((known) => withNewest(known, newest))
  }, [newest])
  const more = () =>
    older.run(
      () => ask(pages?.cursor),
      ({ answer }) => setPages((known) => withOlder(known, answer)),
    )
  return (
    <>
      {pages === null && state.phase === 'loading' && <p class="hint">{text.panel.loading}</p>}
      {pages?.watches.length === 0 && <p class="hint">{panels.history.none}</p>}
      <ul class="rows">
        {pages?.watches.map((watch) => (
          <HistoryRow key={watch.call} {...shared} watch={watch} />
        ))}
      </ul>
      <FailureWords
        text={text}
        words={state.phase === 'failed' ? notDoneWords(text, state.why) : null}
        tryAgain={reload}
      />
      <NotDoneWords text={text} state={older.state} />
      {pages?.cursor !== undefined && (
        <button type="button" aria-busy={older.state.phase === 'asking'} onClick={more}>
          {panels.history.more}
        </button>
      )}
    </>
  )
}

function HistoryRow({ text, panels, language, watch }: SharedProps & { watch: Watch }) {
  const { alarm } = panels.history
  const notGenuine = wasNotGenuine(watch)
  return (
    <li data-alarm={notGenuine}>
      <div class="item">
        <strong dir="auto">{watch.name}</strong>
        <span>
          {formatSince(watch.startedAt, Date.now(), language)}
          {' · '}
          {text.sharing.watcherRoles[watch.role]}
          {!notGenuine && ` · ${watchLine(text, panels, watch)}`}
        </span>
        {notGenuine && (
          <p class="not-genuine">
            <AlarmIcon />
            <strong>{alarm.what}</strong>
            <span>{alarm.advice}</span>
          </p>
        )}
      </div>
    </li>
  )
}
