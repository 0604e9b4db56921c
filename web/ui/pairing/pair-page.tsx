import { useId, useState } from 'preact/hooks'
import { groupedId } from '../../../protocol/identifiers.ts'
import type { Page } from '../../page.ts'
import { catalogueOf } from '../../text/catalogues.ts'
import { readLabel } from '../parts/label.ts'
import { Message } from '../parts/message.tsx'
import { NotDoneWords } from '../parts/not-done.tsx'
import { type RequestState, useRequest } from '../parts/use-request.ts'
import type { Screen } from '../screen.ts'
import type { PairedJustNow } from './use-paired-notice.ts'

interface PairPageProps {
  readonly page: Page
  readonly screen: Extract<Screen, { kind: 'pair' }>
  readonly paired: (device: PairedJustNow) => void
}

export function PairPage({ page, screen, paired }: PairPageProps) {
  const text = catalogueOf(page.language.value)
  const { actions } = page
  if (screen.owner) return <PairForm page={page} screen={screen} paired={paired} />
  return (
    <Message words={text.pair.onlyOwners(page.viewer.value.self?.name ?? '')}>
      <div class="choices">
        <button type="button" class="strong" onClick={actions.signOut}>
          {text.account.signOut}
        </button>
        <button type="button" onClick={actions.endVisit}>
          {text.pair.notNow}
        </button>
      </div>
    </Message>
  )
}

function PairForm({ page, screen, paired }: PairPageProps) {
  const { pair, ...text } = catalogueOf(page.language.value)
  const { actions } = page
  const [written, setWritten] = useState(pair.nameProposal)
  const request = useRequest()
  const nameId = useId()
  const label = readLabel(written)
  const asking = request.state.phase === 'asking'
  const claim = (event: Event) => {
    event.preventDefault()
    if (label === null) return
    request.run(
      () => actions.claim(screen.device, screen.code, label),
      () => {
        paired({ device: screen.device, label })
        actions.endVisit()
      },
    )
  }
  return (
    <form class="card pair" onSubmit={claim}>
      <h2>{pair.title}</h2>
      <p class="hint">{pair.compare}</p>
      <p class="device-code">
        <strong>{pair.device}</strong>
        {groupedId(screen.device).map((group, n) => (
          <span key={n}>{group} </span>
        ))}
      </p>
      <div class="field">
        <label for={nameId}>{pair.name}</label>
        <input
          id={nameId}
          value={written}
          maxLength={64}
          autocomplete="off"
          aria-invalid={label === null}
          onInput={({ currentTarget }) => setWritten(currentTarget.value)}
        />
        <p class="hint">{pair.nameHint}</p>
      </div>
      <NotDoneWords text={{ pair, ...text }} state={request.state} />
      <div class="choices">
        {isSpent(request.state) ? (
          <button type="button" class="strong" onClick={actions.endVisit}>
            {text.action.close}
          </button>
        ) : (
          <>
            <button type="submit" class="strong" disabled={label === null} aria-busy={asking}>
              {asking ? pair.waiting : pair.confirm}
            </button>
            <button type="button" disabled={asking} onClick={actions.endVisit}>
              {pair.notNow}
            </button>
          </>
        )}
      </div>
    </form>
  )
}

/** Nothing can be done any more with the code that opened this page: another has to be scanned. */
function isSpent(state: RequestState): boolean {
  return (
    state.phase === 'not-done' && state.why.kind === 'refused' && state.why.code.startsWith('pairing-code-')
  )
}
