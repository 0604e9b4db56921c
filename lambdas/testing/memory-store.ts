import type { Store } from '../core/ports.ts'
import type { CallRecord, DeviceRecord } from '../core/records.ts'

/** The store's contract without a database: the core's tests and models run on it. */
export function createMemoryStore(now: () => number): Store {
  const devices = new Map<string, DeviceRecord>()
  const connections = new Map<string, Map<string, number>>()
  const calls = new Map<string, { record: CallRecord; expiresAtMs: number }>()

  const currentCall = (id: string): CallRecord | null => {
    const entry = calls.get(id)
    return entry !== undefined && entry.expiresAtMs > now() ? entry.record : null
  }

  return {
    async getDevice(id) {
      return devices.get(id) ?? null
    },
    async listDevices() {
      return [...devices.values()]
    },
    async putDevice(device, readRevision) {
      if ((devices.get(device.id)?.revision ?? null) !== readRevision) return 'conflict'
      devices.set(device.id, device)
      return 'saved'
    },
    async addConnection(viewer, connection, expiresAtMs) {
      const own = connections.get(viewer) ?? new Map<string, number>()
      connections.set(viewer, own.set(connection, expiresAtMs))
    },
    async removeConnection(viewer, connection) {
      connections.get(viewer)?.delete(connection)
    },
    async listConnections(viewer) {
      const own = connections.get(viewer) ?? new Map<string, number>()
      return [...own].filter(([, expiresAtMs]) => expiresAtMs > now()).map(([connection]) => connection)
    },
    async openCall(call, expiresAtMs) {
      const known = calls.get(call.call)
      if (known === undefined) {
        calls.set(call.call, { record: call, expiresAtMs })
        return 'opened'
      }
      const { record } = known
      if (record.viewer !== call.viewer || record.camera !== call.camera) return 'taken'
      if (record.state === 'ended') return 'ended'
      calls.set(call.call, { ...known, record: { ...record, viewerConnection: call.viewerConnection } })
      return 'retried'
    },
    async endCall(call) {
      const known = calls.get(call)
      if (known === undefined || known.record.state === 'ended') return false
      calls.set(call, { ...known, record: { ...known.record, state: 'ended' } })
      return true
    },
    async getCall(call) {
      return currentCall(call)
    },
    async getCallAndDevice(call, device) {
      return { call: currentCall(call), device: devices.get(device) ?? null }
    },
  }
}
