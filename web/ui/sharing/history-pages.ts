import type { Watch } from '../../../protocol/operations.ts'
import { mergePage } from '../../viewer/all-pages.ts'

/** The newest first, down to the cursor; none: to the end. */
export interface HistoryPages {
  readonly watches: readonly Watch[]
  readonly cursor?: string | undefined
}

const callOf = ({ call }: Watch) => call

/** The first page, asked for again. */
export function withNewest(known: HistoryPages | null, newest: HistoryPages): HistoryPages {
  const told = new Set(newest.watches.map(callOf))
  const older = known?.watches.filter(({ call }) => !told.has(call)) ?? []
  // So much is new that some of it may lie between the two.
  if (known === null || older.length === known.watches.length) return newest
  return { watches: [...newest.watches, ...older], cursor: known.cursor }
}

export function withOlder(known: HistoryPages | null, older: HistoryPages): HistoryPages {
  return { watches: mergePage(known?.watches ?? [], older.watches, callOf), cursor: older.cursor }
}
