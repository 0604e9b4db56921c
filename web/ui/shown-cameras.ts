import type { VisibleCamera } from '../../protocol/welcome.ts'
import type { Language } from '../text/languages.ts'
import type { ViewerSnapshot } from '../viewer/viewer-snapshot.ts'

/** By name. One that was removed stays as long as something of its call is to be seen. */
export function shownCameras({ cameras, calls }: ViewerSnapshot, language: Language): VisibleCamera[] {
  const { compare } = new Intl.Collator(language, { numeric: true })
  return [...(cameras ?? new Map<string, VisibleCamera>()).values()]
    .filter(({ camera, state }) => state !== 'removed' || (calls.get(camera)?.phase ?? 'idle') !== 'idle')
    .sort((a, b) => compare(a.label, b.label) || (a.camera < b.camera ? -1 : 1))
}
