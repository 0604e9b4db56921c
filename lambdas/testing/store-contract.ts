import { describe, expect, it } from 'vitest'
import type { Store } from '../core/ports.ts'
import { CALL, callRecord, DEVICE, deviceRecord, OTHER_DEVICE, PORCH } from './samples.ts'

/** What every store must do, atomicity included. `now` is the clock that the store was given. */
export function storeContract(name: string, open: (now: () => number) => Promise<Store> | Store): void {
  describe(`store contract: ${name}`, () => {
    let time = 10_000
    const now = () => time
    const fresh = async () => {
      time = 10_000
      return open(now)
    }

    it('gives back a device as it was put, and null for one that it does not know', async () => {
      const store = await fresh()
      const device = deviceRecord()
      expect(await store.putDevice(device, null)).toBe('saved')
      expect(await store.getDevice(DEVICE)).toEqual(device)
      expect(await store.getDevice(OTHER_DEVICE)).toBeNull()
      expect(await store.listDevices()).toEqual([device])
    })

    it('refuses a device write whose reader missed another write', async () => {
      const store = await fresh()
      await store.putDevice(deviceRecord({ revision: 1 }), null)
      expect(await store.putDevice(deviceRecord({ revision: 1 }), null)).toBe('conflict')
      expect(await store.putDevice(deviceRecord({ revision: 2, connection: null }), 1)).toBe('saved')
      expect(await store.putDevice(deviceRecord({ revision: 2, connection: 'late' }), 1)).toBe('conflict')
      expect((await store.getDevice(DEVICE))?.connection).toBeNull()
    })

    it('lets exactly one of many writers of the same revision win', async () => {
      const store = await fresh()
      await store.putDevice(deviceRecord({ revision: 1 }), null)
      const outcomes = await Promise.all(
        Array.from({ length: 8 }, (_, n) =>
          store.putDevice(deviceRecord({ revision: 2, connection: `c${n}` }), 1),
        ),
      )
      expect(outcomes.filter((outcome) => outcome === 'saved')).toHaveLength(1)
    })

    it('lists a viewer’s connections, without the removed, the expired and another’s', async () => {
      const store = await fresh()
      await store.addConnection('local', 'a', 60_000)
      await store.addConnection('local', 'b', 20_000)
      await store.addConnection('local', 'c', 60_000)
      await store.addConnection('other', 'd', 60_000)
      await store.removeConnection('local', 'c')
      await store.removeConnection('local', 'never there')
      expect([...(await store.listConnections('local'))].sort()).toEqual(['a', 'b'])
      time = 20_000
      expect(await store.listConnections('local')).toEqual(['a'])
    })

    it('[R12] opens a call once; the same viewer and camera again is a retry that moves its address', async () => {
      const store = await fresh()
      expect(await store.openCall(callRecord(), 60_000)).toBe('opened')
      expect(await store.openCall(callRecord({ viewerConnection: 'moved' }), 60_000)).toBe('retried')
      expect(await store.getCall(CALL)).toEqual(callRecord({ viewerConnection: 'moved' }))
    })

    it('[R13] refuses the id of a call of another viewer or camera, and leaves that call as it is', async () => {
      const store = await fresh()
      await store.openCall(callRecord(), 60_000)
      expect(await store.openCall(callRecord({ viewer: 'mallory' }), 60_000)).toBe('taken')
      expect(await store.openCall(callRecord({ camera: `${DEVICE}.other` }), 60_000)).toBe('taken')
      expect(await store.getCall(CALL)).toEqual(callRecord())
    })

    it('lets exactly one of many opens of the same id open it', async () => {
      const store = await fresh()
      const outcomes = await Promise.all(
        Array.from({ length: 8 }, (_, n) => store.openCall(callRecord({ viewer: `viewer ${n}` }), 60_000)),
      )
      expect(outcomes.filter((outcome) => outcome === 'opened')).toHaveLength(1)
      expect(outcomes.filter((outcome) => outcome === 'taken')).toHaveLength(7)
    })

    it('[R18] ends a call once, and never opens it again', async () => {
      const store = await fresh()
      await store.openCall(callRecord(), 60_000)
      expect(await store.endCall(CALL, 'viewer-left', 11_000)).toBe(true)
      expect(await store.endCall(CALL, 'viewer-left', 12_000)).toBe(false)
      expect(await store.endCall('x'.repeat(22), 'viewer-left', 12_000)).toBe(false)
      expect(await store.openCall(callRecord(), 60_000)).toBe('ended')
      expect((await store.getCall(CALL))?.state).toBe('ended')
    })

    it('reads a call and a device at once, each of which may be missing', async () => {
      const store = await fresh()
      expect(await store.getCallAndDevice(CALL, DEVICE)).toEqual({ call: null, device: null })
      await store.putDevice(deviceRecord(), null)
      await store.openCall(callRecord(), 60_000)
      expect(await store.getCallAndDevice(CALL, DEVICE)).toEqual({
        call: callRecord(),
        device: deviceRecord(),
      })
      expect(await store.getCallAndDevice(CALL, OTHER_DEVICE)).toEqual({ call: callRecord(), device: null })
    })

    it('treats a call past its expiry as missing before the database deletes it', async () => {
      const store = await fresh()
      await store.openCall(callRecord({ camera: PORCH }), 20_000)
      time = 20_000
      expect(await store.getCall(CALL)).toBeNull()
      expect((await store.getCallAndDevice(CALL, DEVICE)).call).toBeNull()
    })
  })
}
