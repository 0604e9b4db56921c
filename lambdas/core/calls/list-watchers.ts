import type { ViewerAsk } from '../../../protocol/request.ts'
import type { Backend } from '../backend.ts'
import { isPaired } from '../devices/device-state.ts'
import type { CallRecord } from '../records.ts'
import type { Asker } from '../requests/asker.ts'
import { pageOf } from '../requests/page.ts'
import type { Result } from '../requests/result.ts'
import { watchOf } from './watching.ts'

/** Who watches now, at every paired device. */
export async function listWatchers(
  { store, now }: Backend,
  _asker: Asker,
  { cursor }: ViewerAsk<'list-watchers'>,
): Promise<Result<'list-watchers'>> {
  const paired = (await store.listDevices()).filter(isPaired)
  const calls = (await Promise.all(paired.map(({ id }) => store.listCalls(id)))).flat()
  const running = calls.filter((call) => isRunning(call, now())).map(watchOf)
  return pageOf(
    running,
    ({ startedAt, call }) => ({ at: startedAt, id: call }),
    'newest-first',
    cursor,
    (watchers) => ({ watchers }),
  )
}

/** At the right's hour the host hangs up, whether or not the cloud hears of it. */
function isRunning({ state, until }: CallRecord, now: number): boolean {
  return state === 'live' && (until === null || now < until)
}
