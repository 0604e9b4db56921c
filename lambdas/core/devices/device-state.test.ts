import { describe, expect, it } from 'vitest'
import type { DeviceHello } from '../../../protocol/hello.ts'
import { DEVICE, deviceRecord, INSTANCE, personGrant } from '../../testing/samples.ts'
import { greeted, isOnline, lost, reported, UNPAIRED_MS } from './device-state.ts'

const hello: DeviceHello = {
  type: 'hello',
  protocol: 1,
  software: { name: 'test', version: '1' },
  instance: INSTANCE,
  cameras: [{ name: 'porch', label: 'Porch', state: 'ready' }],
}
const address = { connection: 'new', connectedAt: 5_000 }

describe('a device after hello', () => {
  it('[R3] takes its address from the hello', () => {
    const device = greeted(null, DEVICE, hello, address, 6_000)
    expect(device).toMatchObject({
      connection: 'new',
      since: 6_000,
      leaseUntil: 6_000 + 11 * 60_000,
      revision: 1,
    })
  })

  it('[R5] is moved by the newest connection, and not by the hello of an older one that comes late', () => {
    const current = deviceRecord({ connectedAt: 4_000 })
    expect(greeted(current, DEVICE, hello, address, 6_000)?.connection).toBe('new')
    expect(greeted(current, DEVICE, hello, { connection: 'old', connectedAt: 3_000 }, 6_000)).toBeNull()
  })

  it('stays online since it came when only its connection changes', () => {
    expect(greeted(deviceRecord(), DEVICE, hello, address, 6_000)?.since).toBe(1_000)
  })

  it('is online anew after it was lost, or its lease ran out', () => {
    expect(greeted(deviceRecord({ connection: null }), DEVICE, hello, address, 6_000)?.since).toBe(6_000)
    expect(greeted(deviceRecord({ leaseUntil: 5_500 }), DEVICE, hello, address, 6_000)?.since).toBe(6_000)
  })

  it('keeps the last of two cameras of the same name, and names an unlabelled one by its name', () => {
    const cameras = [
      { name: 'porch', state: 'ready' as const },
      { name: 'porch', state: 'busy' as const },
    ]
    const device = greeted(deviceRecord({ cameras: [] }), DEVICE, { ...hello, cameras }, address, 6_000)
    expect(device?.cameras).toEqual([
      { name: 'porch', label: 'porch', renamed: null, state: 'busy', since: 6_000 },
    ])
  })

  it('[R38] has no cameras and no rights while no owner has claimed it, and is soon forgotten', () => {
    expect(greeted(null, DEVICE, hello, address, 6_000)).toMatchObject({
      paired: null,
      cameras: [],
      grants: [],
      expiresAt: 6_000 + UNPAIRED_MS,
    })
  })

  it('keeps what owners have decided: grants, the camera’s new name, the device’s own', () => {
    const before = deviceRecord({
      grants: [personGrant(), personGrant({ grant: 'h'.repeat(22), camera: 'attic' })],
      cameras: [{ name: 'porch', label: 'Porch', renamed: 'Front door', state: 'ready', since: 1_000 }],
    })
    const after = greeted(before, DEVICE, hello, address, 6_000)
    expect(after).toMatchObject({
      paired: before.paired,
      grants: before.grants,
      cameras: [{ label: 'Porch', renamed: 'Front door' }],
      expiresAt: null,
    })
  })
})

describe('a device after status', () => {
  it('[R28] has its lease renewed for 11 minutes', () => {
    expect(reported(deviceRecord(), { cameras: [] }, 'device-connection', 9_000)?.leaseUntil).toBe(
      9_000 + 11 * 60_000,
    )
  })

  it('[R27] dates only the cameras that changed', () => {
    const after = reported(
      deviceRecord(),
      { cameras: [{ name: 'porch', state: 'busy' }] },
      'device-connection',
      9_000,
    )
    expect(after?.cameras[0]).toMatchObject({ state: 'busy', since: 9_000 })
    const same = reported(
      deviceRecord(),
      { cameras: [{ name: 'porch', state: 'ready' }] },
      'device-connection',
      9_000,
    )
    expect(same?.cameras[0]).toMatchObject({ state: 'ready', since: 1_000 })
  })

  it('[R27] ignores cameras that it did not declare', () => {
    const after = reported(
      deviceRecord(),
      { cameras: [{ name: 'cellar', state: 'busy' }] },
      'device-connection',
      9_000,
    )
    expect(after?.cameras.map(({ name }) => name)).toEqual(['porch'])
  })

  it('[R5] is not changed by the status of an older connection', () => {
    expect(reported(deviceRecord(), { cameras: [] }, 'older', 9_000)).toBeNull()
  })
})

describe('what a device has counted', () => {
  const before = deviceRecord({ sequence: 5 })
  const busyHello = (changes: Partial<DeviceHello>): DeviceHello => ({
    ...hello,
    cameras: [{ name: 'porch', label: 'Front', state: 'busy' }],
    ...changes,
  })

  it.each([
    ['older', 4, 'ready', 5],
    ['the same', 5, 'ready', 5],
    ['newer', 6, 'busy', 6],
    ['not counted', undefined, 'busy', 5],
  ] as const)('[R50] %s is heard for what it is', (_what, sequence, state, counted) => {
    const status = { cameras: [{ name: 'porch', state: 'busy' as const }], sequence }
    for (const after of [
      reported(before, status, 'device-connection', 9_000),
      greeted(before, DEVICE, busyHello(sequence === undefined ? {} : { sequence }), address, 9_000),
    ]) {
      expect(after?.cameras).toMatchObject([{ name: 'porch', state }])
      expect(after).toMatchObject({ sequence: counted, leaseUntil: 9_000 + 11 * 60_000 })
    }
  })

  it('[R50] a hello with an older count moves the address all the same', () => {
    expect(greeted(before, DEVICE, busyHello({ sequence: 1 }), address, 9_000)).toMatchObject({
      connection: 'new',
      connectedAt: 5_000,
    })
  })

  it('[R5] is at its older connection again when it says so later, for its next one may have failed', () => {
    const older = { connection: 'old', connectedAt: 500 }
    const said = (sequence: number, instance = before.instance) =>
      greeted(before, DEVICE, busyHello({ sequence, instance }), older, 9_000)
    expect(said(6)).toMatchObject({ connection: 'old', connectedAt: 500, sequence: 6 })
    expect(said(5)).toBeNull()
    expect(said(6, 'o'.repeat(22))).toBeNull()
  })

  it('[R50] begins anew with another instance, and while nobody has claimed the device', () => {
    const other = { instance: 'o'.repeat(22), sequence: 1 }
    expect(greeted(before, DEVICE, busyHello(other), address, 9_000)).toMatchObject({
      sequence: 1,
      cameras: [{ state: 'busy', label: 'Front' }],
    })
    const unclaimed = greeted({ ...before, paired: null }, DEVICE, busyHello({ sequence: 6 }), address, 9_000)
    expect(unclaimed?.sequence).toBeNull()
  })

  it('[R51] has calls to be ended when another instance has started, until they are', () => {
    const other = busyHello({ instance: 'o'.repeat(22) })
    const after = greeted(before, DEVICE, other, address, 9_000)
    expect(after?.restarted).toBe(true)
    expect(greeted(after, DEVICE, other, address, 9_000)?.restarted).toBe(true)
    expect(greeted(before, DEVICE, hello, address, 9_000)?.restarted).toBe(false)
    expect(greeted(null, DEVICE, hello, address, 9_000)?.restarted).toBe(false)
    expect(greeted({ ...before, paired: null }, DEVICE, other, address, 9_000)?.restarted).toBe(false)
  })
})

describe('a lost device', () => {
  it('[R5] is not lost by the late disconnect of an older connection', () => {
    expect(lost(deviceRecord(), 'older', 9_000)).toBeNull()
  })

  it('is offline since then, or since its lease ran out if that was before', () => {
    expect(lost(deviceRecord(), 'device-connection', 9_000)).toMatchObject({ connection: null, since: 9_000 })
    const lapsed = deviceRecord({ leaseUntil: 8_000 })
    expect(lost(lapsed, 'device-connection', 9_000)?.since).toBe(8_000)
  })

  it('[R28] is offline once its lease ran out, though nobody said that it is gone', () => {
    expect(isOnline(deviceRecord({ leaseUntil: 9_000 }), 8_999)).toBe(true)
    expect(isOnline(deviceRecord({ leaseUntil: 9_000 }), 9_000)).toBe(false)
  })

  it('[R25] dates every change after the one before, whatever the clock says', () => {
    const ahead = deviceRecord({ since: 20_000 })
    expect(lost(ahead, 'device-connection', 9_000)?.since).toBe(20_001)
  })
})
