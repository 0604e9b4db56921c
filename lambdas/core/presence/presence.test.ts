import { describe, expect, it } from 'vitest'
import { deviceRecord, LINK, linkGrant, PERSON, PORCH, personGrant } from '../../testing/samples.ts'
import type { CameraRecord, DeviceRecord } from '../records.ts'
import type { Onlooker } from '../rights.ts'
import { presenceChanges, visibleCameras } from './presence.ts'

const NOW = 5_000
const OWNER: Onlooker = { viewer: 'o'.repeat(43), owner: true }
const MEMBER: Onlooker = { viewer: PERSON, owner: false }
const GUEST: Onlooker = { viewer: LINK, owner: false }

const seen = (device: DeviceRecord, onlooker = OWNER) => visibleCameras(onlooker, device, NOW)
const changes = (before: DeviceRecord, after: DeviceRecord, onlooker = OWNER) =>
  presenceChanges(seen(before, onlooker), seen(after, onlooker), NOW)
const camera = (changes: Partial<CameraRecord> = {}): CameraRecord => ({
  name: 'porch',
  label: 'Porch',
  renamed: null,
  state: 'ready',
  since: 1_000,
  ...changes,
})

describe('what is seen of a device', () => {
  it.each([
    ['ready', 'online'],
    ['busy', 'busy'],
    ['unreachable', 'unreachable'],
  ] as const)('[R25] shows a camera that its device calls %s as %s', (condition, state) => {
    const device = deviceRecord({ cameras: [camera({ state: condition, since: 3_000 })] })
    expect(seen(device)).toEqual([{ camera: PORCH, label: 'Porch', state, since: 3_000, role: 'owner' }])
  })

  it('[R25] shows every camera of a lost device as offline since it went', () => {
    const device = deviceRecord({ connection: null, since: 4_000 })
    expect(seen(device)[0]).toMatchObject({ state: 'offline', since: 4_000 })
  })

  it('[R28] shows the cameras of a device whose lease ran out as offline since then', () => {
    const device = deviceRecord({ leaseUntil: 4_500 })
    expect(seen(device)[0]).toMatchObject({ state: 'offline', since: 4_500 })
  })

  it('shows a camera by the name that an owner has given it', () => {
    expect(seen(deviceRecord({ cameras: [camera({ renamed: 'Front door' })] }))[0]?.label).toBe('Front door')
  })

  it('[R33] shows an owner every camera, anyone else what was granted, with the role and its end', () => {
    const device = deviceRecord({
      grants: [personGrant(), linkGrant()],
      cameras: [camera(), camera({ name: 'cellar' })],
    })
    expect(seen(device).map(({ role }) => role)).toEqual(['owner', 'owner'])
    expect(seen(device, MEMBER)).toMatchObject([{ camera: PORCH, role: 'viewer' }])
    expect(seen(device, MEMBER)[0]).not.toHaveProperty('until')
    expect(seen(device, GUEST)).toMatchObject([{ camera: PORCH, role: 'guest', until: 3_600_000 }])
    expect(seen(device, { viewer: 's'.repeat(43), owner: false })).toEqual([])
  })

  it('[R33] shows nobody a device that is not paired, its owner included', () => {
    const device = deviceRecord({ paired: null, grants: [personGrant(), linkGrant()] })
    for (const onlooker of [OWNER, MEMBER, GUEST]) expect(seen(device, onlooker)).toEqual([])
  })

  it('[R33] shows a guest nothing from the link’s hour on', () => {
    const until = (end: number) => deviceRecord({ grants: [linkGrant({ until: end })] })
    expect(seen(until(NOW + 1), GUEST)).toHaveLength(1)
    expect(seen(until(NOW), GUEST)).toEqual([])
  })

  it('[R33] shows nobody a camera that its device does not name, whatever was granted', () => {
    const device = deviceRecord({ grants: [personGrant({ camera: 'attic' })] })
    expect(seen(device, MEMBER)).toEqual([])
  })
})

describe('what an onlooker hears', () => {
  it('[R25] dates a removal after what viewers heard last, whatever the clock says', () => {
    const before = deviceRecord({ since: 9_000 })
    expect(changes(before, { ...before, cameras: [] })).toMatchObject([{ state: 'removed', since: 9_001 }])
  })

  it('[R27] is nothing when nothing is different', () => {
    expect(changes(deviceRecord(), deviceRecord({ revision: 2, connection: 'moved' }))).toEqual([])
  })

  it('[R25] is what came, what went and what changed, each once', () => {
    const before = deviceRecord({ cameras: [camera(), camera({ name: 'cellar' })] })
    const after = deviceRecord({
      cameras: [camera({ state: 'busy', since: NOW }), camera({ name: 'gate', since: NOW })],
    })
    const told = changes(before, after).map((change) => `${change.camera.slice(44)} ${change.state}`)
    expect(told).toEqual(['porch busy', 'gate online', 'cellar removed'])
  })

  it('[R25] is the new name of a camera', () => {
    const renamed = deviceRecord({ cameras: [camera({ renamed: 'Front' })] })
    expect(changes(deviceRecord(), renamed)).toMatchObject([{ camera: PORCH, label: 'Front' }])
  })

  it('[R25] is a camera that it was granted, and its removal for who may see it no more', () => {
    const granted = deviceRecord({ grants: [personGrant()] })
    expect(changes(deviceRecord(), granted, MEMBER)).toMatchObject([{ camera: PORCH, state: 'online' }])
    expect(changes(granted, deviceRecord(), MEMBER)).toMatchObject([{ camera: PORCH, state: 'removed' }])
    expect(changes(deviceRecord(), granted, OWNER)).toEqual([])
    expect(changes(deviceRecord(), granted, GUEST)).toEqual([])
  })

  it('[R25] dates a camera that is granted again after its removal', () => {
    const granted = deviceRecord({ grants: [personGrant({ createdAt: 4_000 })] })
    const [removal] = changes(granted, deviceRecord(), MEMBER)
    const again = deviceRecord({ grants: [personGrant({ createdAt: NOW + 1 })] })
    const [camera] = visibleCameras(MEMBER, again, NOW + 1)
    expect(camera?.since).toBeGreaterThan(removal?.since ?? Number.NaN)
  })
})
