import type { ToDevice, ToViewer } from '../../protocol/directions.ts'
import type { CallRecord, DeviceRecord } from './records.ts'

/**
 * What the core asks of the database. Every write is to a single item; every read is consistent, and treats an
 * item past its expiry as missing. Rejects only when the database fails.
 */
export interface Store {
  getDevice(id: string): Promise<DeviceRecord | null>
  listDevices(): Promise<readonly DeviceRecord[]>
  /** Writes if the item still has the revision that was read (null: does not exist). */
  putDevice(device: DeviceRecord, readRevision: number | null): Promise<'saved' | 'conflict'>

  addConnection(viewer: string, connection: string, expiresAtMs: number): Promise<void>
  removeConnection(viewer: string, connection: string): Promise<void>
  listConnections(viewer: string): Promise<readonly string[]>

  /** `retried` moves a live call of the same viewer and camera to the given connection. A record may be over from the start. */
  openCall(call: CallRecord, expiresAtMs: number): Promise<'opened' | 'retried' | 'taken' | 'ended'>
  /** True for the one who ended it. */
  endCall(call: string, reason: string, atMs: number): Promise<boolean>
  getCall(call: string): Promise<CallRecord | null>
  /** Both in one round trip. */
  getCallAndDevice(
    call: string,
    device: string,
  ): Promise<{ call: CallRecord | null; device: DeviceRecord | null }>
}

/** Sends to a connection. Rejects only when the gateway fails; a connection that is gone is an answer. */
export interface Post {
  post(connection: string, message: ToViewer | ToDevice): Promise<'sent' | 'gone'>
}

export interface Log {
  info(event: string, fields?: Readonly<Record<string, unknown>>): void
  error(event: string, fields?: Readonly<Record<string, unknown>>): void
}
