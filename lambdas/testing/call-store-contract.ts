import { describe, expect, it } from 'vitest'
import type { Store } from '../core/ports.ts'
import type { CallRecord } from '../core/records.ts'
import { CALL, callRecord, DEVICE, deviceRecord, GARDEN, OTHER_DEVICE, PORCH } from './samples.ts'
import type { OpenStore } from './store-contract.ts'

function liveCall(changes: Partial<CallRecord> = {}): CallRecord {
  const rest = { role: 'guest', name: 'Cat sitter', until: 90_000, endedAt: null, endReason: null } as const
  return callRecord({ viewer: 'v', viewerConnection: 'here', state: 'live', ...rest, ...changes })
}

/** What every store must do with calls, atomicity included. */
export function callStoreContract(name: string, open: OpenStore<Store>): void {
  describe(`store contract of calls: ${name}`, () => {
    let time = 10_000
    const fresh = async () => {
      time = 10_000
      return open(() => time)
    }

    it('[R12] opens a call once; the same viewer and camera again is a retry that moves its address', async () => {
      const store = await fresh()
      expect(await store.openCall(liveCall(), 60_000)).toBe('opened')
      expect(await store.getCall(DEVICE, CALL)).toEqual(liveCall())
      expect(await store.openCall(liveCall({ viewerConnection: 'moved' }), 60_000)).toBe('retried')
      expect(await store.getCall(DEVICE, CALL)).toEqual(liveCall({ viewerConnection: 'moved' }))
    })

    it('[R12] [R47] a retry from an older connection is a retry, and moves nothing', async () => {
      const store = await fresh()
      await store.openCall(liveCall({ viewerConnection: 'young', viewerConnectedAt: 5_000 }), 60_000)
      const late = liveCall({ viewerConnection: 'old', viewerConnectedAt: 4_999 })
      expect(await store.openCall(late, 60_000)).toBe('retried')
      expect(await store.getCall(DEVICE, CALL)).toMatchObject({ viewerConnection: 'young' })
    })

    it('[R47] moves a live call to a connection that is not older, and gives it as it is then', async () => {
      const store = await fresh()
      await store.openCall(liveCall({ viewerConnectedAt: 5_000 }), 60_000)
      for (const viewerConnectedAt of [5_000, 5_001]) {
        const moved = liveCall({ viewerConnection: `of ${viewerConnectedAt}`, viewerConnectedAt })
        expect(await store.moveCall(moved)).toEqual(moved)
        expect(await store.getCall(DEVICE, CALL)).toEqual(moved)
      }
      expect(await store.moveCall(liveCall({ viewerConnection: 'old', viewerConnectedAt: 5_000 }))).toBeNull()
      expect(await store.getCall(DEVICE, CALL)).toMatchObject({ viewerConnection: 'of 5001' })
    })

    it('[R47] moves no call of another viewer or camera, none that is over or expired, and makes none', async () => {
      const store = await fresh()
      const to = liveCall({ viewerConnection: 'elsewhere', viewerConnectedAt: 9_000 })
      expect(await store.moveCall(to)).toBeNull()
      expect(await store.getCall(DEVICE, CALL)).toBeNull()
      await store.openCall(liveCall(), 20_000)
      expect(await store.moveCall({ ...to, viewer: 'mallory' })).toBeNull()
      expect(await store.moveCall({ ...to, camera: `${DEVICE}.other` })).toBeNull()
      expect(await store.moveCall({ ...to, camera: GARDEN })).toBeNull()
      expect(await store.getCall(DEVICE, CALL)).toEqual(liveCall())
      await store.endCall(DEVICE, CALL, 'viewer-left', 11_000)
      expect(await store.moveCall(to)).toBeNull()
      expect(await store.getCall(DEVICE, CALL)).toMatchObject({ viewerConnection: 'here' })
      time = 20_000
      expect(await store.moveCall(to)).toBeNull()
    })

    it('[R47] of many moves at once the youngest connection’s holds', async () => {
      const store = await fresh()
      await store.openCall(liveCall(), 60_000)
      const times = [3_000, 8_000, 5_000, 9_000, 4_000, 7_000, 6_000, 2_500]
      await Promise.all(
        times.map((viewerConnectedAt) =>
          store.moveCall(liveCall({ viewerConnection: `of ${viewerConnectedAt}`, viewerConnectedAt })),
        ),
      )
      expect((await store.getCall(DEVICE, CALL))?.viewerConnection).toBe('of 9000')
    })

    it('[R13] refuses the id of a call of another viewer or camera, and leaves that call as it is', async () => {
      const store = await fresh()
      await store.openCall(liveCall(), 60_000)
      expect(await store.openCall(liveCall({ viewer: 'mallory' }), 60_000)).toBe('taken')
      expect(await store.openCall(liveCall({ camera: `${DEVICE}.other` }), 60_000)).toBe('taken')
      expect(await store.getCall(DEVICE, CALL)).toEqual(liveCall())
    })

    it('[R14] knows a call by its device alone, so that no other device comes upon it', async () => {
      const store = await fresh()
      await store.openCall(liveCall({ camera: PORCH }), 60_000)
      expect(await store.getCall(OTHER_DEVICE, CALL)).toBeNull()
      expect(await store.endCall(OTHER_DEVICE, CALL, 'viewer-left', 11_000)).toBeNull()
      expect(await store.openCall(liveCall({ camera: GARDEN, viewer: 'other' }), 60_000)).toBe('opened')
      expect(await store.getCall(DEVICE, CALL)).toEqual(liveCall())
    })

    it('lets exactly one of many opens of the same id open it', async () => {
      const store = await fresh()
      const outcomes = await Promise.all(
        Array.from({ length: 8 }, (_, n) => store.openCall(liveCall({ viewer: `viewer ${n}` }), 60_000)),
      )
      expect(outcomes.filter((outcome) => outcome === 'opened')).toHaveLength(1)
      expect(outcomes.filter((outcome) => outcome === 'taken')).toHaveLength(7)
    })

    it('[R18] ends a call once, tells the one who did how it was, and never opens it again', async () => {
      const store = await fresh()
      await store.openCall(liveCall(), 60_000)
      const ended = liveCall({ state: 'ended', endedAt: 11_000, endReason: 'viewer-left' })
      expect(await store.endCall(DEVICE, CALL, 'viewer-left', 11_000)).toEqual(ended)
      expect(await store.endCall(DEVICE, CALL, 'access-revoked', 12_000)).toBeNull()
      expect(await store.endCall(DEVICE, 'x'.repeat(22), 'viewer-left', 12_000)).toBeNull()
      expect(await store.openCall(liveCall({ viewerConnection: 'moved' }), 60_000)).toBe('ended')
      expect(await store.getCall(DEVICE, CALL)).toEqual(ended)
    })

    it('[R18] lets exactly one of many endings end it', async () => {
      const store = await fresh()
      await store.openCall(liveCall(), 60_000)
      const endings = await Promise.all(
        Array.from({ length: 8 }, (_, n) => store.endCall(DEVICE, CALL, `reason-${n}`, 11_000)),
      )
      const [ending, ...others] = endings.filter((call) => call !== null)
      expect(others).toEqual([])
      expect(await store.getCall(DEVICE, CALL)).toEqual(ending)
    })

    it('[R14] keeps a call that was over from the start', async () => {
      const store = await fresh()
      const over = liveCall({ state: 'ended', endedAt: 10_000, endReason: 'viewer-left' })
      expect(await store.openCall(over, 60_000)).toBe('opened')
      expect(await store.openCall(liveCall(), 60_000)).toBe('ended')
      expect(await store.openCall(liveCall({ viewer: 'mallory' }), 60_000)).toBe('taken')
      expect(await store.endCall(DEVICE, CALL, 'viewer-left', 11_000)).toBeNull()
    })

    it('treats a call past its expiry as missing before the database deletes it', async () => {
      const store = await fresh()
      await store.openCall(liveCall(), 20_000)
      time = 20_000
      expect(await store.getCall(DEVICE, CALL)).toBeNull()
      expect(await store.listCalls(DEVICE)).toEqual([])
      expect(await store.endCall(DEVICE, CALL, 'viewer-left', 20_000)).toBeNull()
      expect(await store.openCall(liveCall({ viewer: 'another' }), 60_000)).toBe('opened')
      expect((await store.getCall(DEVICE, CALL))?.viewer).toBe('another')
    })

    it('keeps its expiry when a call is moved or ended', async () => {
      const store = await fresh()
      await store.openCall(liveCall(), 20_000)
      await store.openCall(liveCall({ viewerConnection: 'moved' }), 60_000)
      await store.endCall(DEVICE, CALL, 'viewer-left', 11_000)
      time = 20_000
      expect(await store.getCall(DEVICE, CALL)).toBeNull()
    })

    it('reads a call and its device at once, each of which may be missing', async () => {
      const store = await fresh()
      expect(await store.getCallAndDevice(DEVICE, CALL)).toEqual({ call: null, device: null })
      await store.putDevice(deviceRecord({ paired: null, expiresAt: null }), null)
      const device = await store.getDevice(DEVICE)
      expect(await store.getCallAndDevice(DEVICE, CALL)).toEqual({ call: null, device })
      await store.openCall(liveCall(), 20_000)
      expect(await store.getCallAndDevice(DEVICE, CALL)).toEqual({ call: liveCall(), device })
      expect(await store.getCallAndDevice(OTHER_DEVICE, CALL)).toEqual({ call: null, device: null })
      time = 20_000
      expect(await store.getCallAndDevice(DEVICE, CALL)).toEqual({ call: null, device })
    })

    it('lists every call of a device, running and over, and none of another', async () => {
      const store = await fresh()
      const over = liveCall({ call: 'o'.repeat(22), state: 'ended', endedAt: 9, endReason: 'viewer-left' })
      await store.openCall(liveCall(), 60_000)
      await store.openCall(over, 60_000)
      await store.openCall(liveCall({ camera: GARDEN }), 60_000)
      const calls = (await store.listCalls(DEVICE)).toSorted((a, b) => a.call.localeCompare(b.call))
      expect(calls).toEqual([liveCall(), over])
    })

    it('lists more calls than the database gives at once', async () => {
      const store = await fresh()
      const name = 'n'.repeat(120_000)
      const ids = Array.from({ length: 10 }, (_, n) => `${n}`.repeat(22))
      await Promise.all(ids.map((call) => store.openCall(liveCall({ call, name }), 60_000)))
      expect((await store.listCalls(DEVICE)).map(({ call }) => call).toSorted()).toEqual(ids)
    })
  })
}
