import type { Watch } from '../../protocol/operations.ts'

/** Whom the cloud ends when an owner takes over: the youngest call of a guest, else of a viewer [R37]. */
export function makingRoom(watches: readonly Watch[]): Watch | null {
  const youngest = (role: Watch['role']) =>
    watches
      .filter((watch) => watch.role === role && watch.endedAt === undefined)
      .reduce<Watch | null>(
        (found, watch) => (found !== null && found.startedAt >= watch.startedAt ? found : watch),
        null,
      )
  return youngest('guest') ?? youngest('viewer')
}
