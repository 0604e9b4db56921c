import { expect, it } from 'vitest'
import { GARDEN, PORCH, visibleCamera } from '../viewer/testing/samples.ts'
import { EMPTY_SNAPSHOT, type ViewerSnapshot } from '../viewer/viewer-snapshot.ts'
import { shownCameras } from './shown-cameras.ts'

function snapshotOf(...cameras: ReturnType<typeof visibleCamera>[]): ViewerSnapshot {
  return { ...EMPTY_SNAPSHOT, cameras: new Map(cameras.map((camera) => [camera.camera, camera])) }
}

it('shows cameras by name, numbers as one counts them', () => {
  const named = ['Camera 10', 'camera 2', 'Attic'].map((label, n) =>
    visibleCamera({ camera: `d.${n}`, label }),
  )
  const labels = shownCameras(snapshotOf(...named), 'en').map(({ label }) => label)
  expect(labels).toEqual(['Attic', 'camera 2', 'Camera 10'])
})

it('[R25] does not show a removed camera, unless something of its call is still to be seen', () => {
  const snapshot = snapshotOf(
    visibleCamera({ state: 'removed' }),
    visibleCamera({ camera: GARDEN, label: 'Garden' }),
  )
  const shown = (calls: ViewerSnapshot['calls']) =>
    shownCameras({ ...snapshot, calls }, 'en').map(({ camera }) => camera)
  expect(shown(new Map())).toEqual([GARDEN])
  expect(shown(new Map([[PORCH, { phase: 'idle' }]]))).toEqual([GARDEN])
  expect(
    shown(new Map([[PORCH, { phase: 'ended', call: 'c', camera: PORCH, reason: 'viewer-left' }]])),
  ).toContain(PORCH)
})

it('shows none before the first welcome', () => {
  expect(shownCameras(EMPTY_SNAPSHOT, 'ja')).toEqual([])
})
