import { describe, expect, it } from 'vitest'
import { deviceRecord, PORCH } from '../testing/samples.ts'
import { presenceChanges, visibleCameras } from './presence.ts'

const NOW = 5_000

describe('presence', () => {
  it.each([
    ['ready', 'online'],
    ['busy', 'busy'],
    ['unreachable', 'unreachable'],
  ] as const)('[R25] shows a camera that its device calls %s as %s', (condition, state) => {
    const device = deviceRecord({
      cameras: [{ name: 'porch', label: 'Porch', state: condition, since: 3_000 }],
    })
    expect(visibleCameras([device], NOW)).toEqual([
      { camera: PORCH, label: 'Porch', state, since: 3_000, role: 'owner' },
    ])
  })

  it('[R25] shows every camera of a lost device as offline since it went', () => {
    const device = deviceRecord({ connection: null, since: 4_000 })
    expect(visibleCameras([device], NOW)[0]).toMatchObject({ state: 'offline', since: 4_000 })
  })

  it('[R28] shows the cameras of a device whose lease ran out as offline since then', () => {
    const device = deviceRecord({ leaseUntil: 4_500 })
    expect(visibleCameras([device], NOW)[0]).toMatchObject({ state: 'offline', since: 4_500 })
  })

  it('[R25] dates a removal after what viewers heard last, whatever the clock says', () => {
    const before = deviceRecord({ since: 9_000 })
    expect(presenceChanges(before, { ...before, cameras: [] }, NOW)).toMatchObject([
      { state: 'removed', since: 9_001 },
    ])
  })

  it('[R27] tells nobody when nothing is different', () => {
    expect(presenceChanges(deviceRecord(), deviceRecord({ revision: 2, connection: 'moved' }), NOW)).toEqual(
      [],
    )
  })

  it('[R25] tells of what came, what went and what changed, each once', () => {
    const before = deviceRecord({
      cameras: [
        { name: 'porch', label: 'Porch', state: 'ready', since: 1_000 },
        { name: 'cellar', label: 'Cellar', state: 'ready', since: 1_000 },
      ],
    })
    const after = deviceRecord({
      cameras: [
        { name: 'porch', label: 'Porch', state: 'busy', since: NOW },
        { name: 'gate', label: 'Gate', state: 'ready', since: NOW },
      ],
    })
    const told = presenceChanges(before, after, NOW).map(
      ({ camera, state }) => `${camera.slice(44)} ${state}`,
    )
    expect(told).toEqual(['porch busy', 'gate online', 'cellar removed'])
  })

  it('[R25] tells the new name of a camera', () => {
    const renamed = deviceRecord({
      cameras: [{ name: 'porch', label: 'Front', state: 'ready', since: 1_000 }],
    })
    expect(presenceChanges(deviceRecord(), renamed, NOW)).toMatchObject([{ camera: PORCH, label: 'Front' }])
  })
})
