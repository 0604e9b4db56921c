import type { Watch } from '../../../protocol/operations.ts'
import { formatSince } from '../../text/format-since.ts'
import type { SharedProps } from './shared-props.ts'

export function WatchingNow({
  text,
  panels,
  language,
  watches,
}: SharedProps & { watches: readonly Watch[] }) {
  return (
    <section>
      <h3>{panels.watching.title}</h3>
      {watches.length === 0 && <p class="hint">{panels.watching.none}</p>}
      <ul class="rows">
        {watches.map((watch) => (
          <li key={watch.call}>
            <div class="item">
              <strong dir="auto">{watch.name}</strong>
              <span>
                {text.sharing.watcherRoles[watch.role]}
                {' · '}
                {panels.watching.since(formatSince(watch.startedAt, Date.now(), language))}
              </span>
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}
