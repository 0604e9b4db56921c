import type { ToDevice, ToViewer } from '../../protocol/directions.ts'
import type { Invitation } from '../../protocol/operations.ts'
import type { CallRecord, ConnectionRecord, DeviceRecord, LinkRecord, PersonRecord } from './records.ts'

/**
 * What the core asks of the database. Every write is to a single item; every read is consistent, and treats an
 * item past its expiry as missing, as does every condition of a write. Rejects only when the database fails.
 */
export interface Store {
  getDevice(id: string): Promise<DeviceRecord | null>
  listDevices(): Promise<readonly DeviceRecord[]>
  /** Writes if the item still has the revision that was read (null: does not exist). */
  putDevice(device: DeviceRecord, readRevision: number | null): Promise<'saved' | 'conflict'>

  getPerson(person: string): Promise<PersonRecord | null>
  listPeople(): Promise<readonly PersonRecord[]>
  putPerson(person: PersonRecord, readRevision: number | null): Promise<'saved' | 'conflict'>
  /** Both in one round trip. */
  getPersonAndDevice(
    person: string,
    device: string,
  ): Promise<{ person: PersonRecord | null; device: DeviceRecord | null }>
  /** Who was the first to ask for this address; from then on always the same person. */
  bindFirstOwner(email: string, person: string): Promise<string>

  getLink(hash: string): Promise<LinkRecord | null>
  /** False when there is one with this hash. */
  addLink(link: LinkRecord, expiresAtMs: number): Promise<boolean>

  /** A place among the few for unpaired devices: true when it was free, over, or this device's already. */
  takePlace(place: number, device: string, expiresAtMs: number): Promise<boolean>
  freePlace(place: number, device: string): Promise<void>

  addConnection(connection: ConnectionRecord, expiresAtMs: number): Promise<void>
  /** Writes only what is listed: whoever was taken off the list meanwhile stays off it. */
  relistConnection(connection: ConnectionRecord, expiresAtMs: number): Promise<void>
  removeConnection(connection: string): Promise<void>
  listConnections(): Promise<readonly ConnectionRecord[]>

  /** `retried`: a live call of the same viewer and camera, which `moveCall` has moved. A record may be over from the start. */
  openCall(call: CallRecord, expiresAtMs: number): Promise<'opened' | 'retried' | 'taken' | 'ended'>
  /** Moves a live call of this viewer and camera, unless it is at a younger connection. As it then is; null: not moved. */
  moveCall(to: CallAddress): Promise<CallRecord | null>
  /** The call as it ended, for the one who ended it; null when it was over, or never was. */
  endCall(device: string, call: string, reason: string, atMs: number): Promise<CallRecord | null>
  getCall(device: string, call: string): Promise<CallRecord | null>
  /** Both in one round trip. */
  getCallAndDevice(
    device: string,
    call: string,
  ): Promise<{ call: CallRecord | null; device: DeviceRecord | null }>
  /** Of every camera of the device, running and over, in no order. */
  listCalls(device: string): Promise<readonly CallRecord[]>
}

/** Where the viewer of a call is, by its own word. */
export type CallAddress = Pick<
  CallRecord,
  'call' | 'camera' | 'viewer' | 'viewerConnection' | 'viewerConnectedAt'
>

/** Reaches connections. Rejects only when the gateway fails; a connection that is gone is an answer. */
export interface Connections {
  post(connection: string, message: ToViewer | ToDevice): Promise<'sent' | 'gone'>
  /** Closes it. */
  disconnect(connection: string): Promise<void>
}

/** Makes accounts for people who have none. */
export interface Accounts {
  /** Mails an invitation, where accounts are made here, to who has none. */
  invite(email: string): Promise<Invitation>
}

export interface Log {
  info(event: string, fields?: Readonly<Record<string, unknown>>): void
  error(event: string, fields?: Readonly<Record<string, unknown>>): void
}
