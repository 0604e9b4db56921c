import type { CameraCondition, DeviceHello } from '../../../protocol/hello.ts'
import type { Status } from '../../../protocol/status.ts'
import type { CameraRecord, DeviceRecord } from '../records.ts'

/** A device repeats its status every 9 minutes; two minutes are left for a late one. */
const LEASE_MS = 11 * 60_000

/** How long a device that waits to be paired is kept in mind after its last word. */
export const UNPAIRED_MS = 20 * 60_000

interface Address {
  readonly connection: string
  readonly connectedAt: number
}

/**
 * The device after its `hello`; null when a newer connection of it already holds the address. What owners have
 * decided stays. A device that nobody has claimed has no cameras here, whatever it says [R38].
 */
export function greeted(
  before: DeviceRecord | null,
  id: string,
  hello: DeviceHello,
  address: Address,
  now: number,
): DeviceRecord | null {
  const wasOnline = before !== null && isOnline(before, now)
  if (wasOnline && address.connectedAt < before.connectedAt && !isLaterWord(before, hello)) return null
  const paired = before?.paired ?? null
  return {
    id,
    revision: (before?.revision ?? 0) + 1,
    paired,
    code: before?.code ?? null,
    grants: before?.grants ?? [],
    connection: address.connection,
    connectedAt: address.connectedAt,
    instance: hello.instance,
    sequence: paired === null ? null : latest(before, hello),
    restarted: paired !== null && (before?.restarted === true || before?.instance !== hello.instance),
    since: wasOnline ? before.since : later(now, before?.since),
    leaseUntil: now + LEASE_MS,
    cameras:
      paired === null
        ? []
        : isOldNews(before, hello)
          ? (before?.cameras ?? [])
          : declared(before, hello, now),
    expiresAt: paired === null ? now + UNPAIRED_MS : null,
  }
}

interface Word {
  readonly instance: string
  readonly sequence?: number | undefined
}

/** Whether the device has said as much of its cameras, or more, before [R50]. */
function isOldNews(before: DeviceRecord | null, { instance, sequence }: Word): boolean {
  if (before === null || before.sequence === null || sequence === undefined) return false
  return before.instance === instance && sequence <= before.sequence
}

/** By its own count: a device whose next connection has failed goes on with the present one. */
function isLaterWord(before: DeviceRecord, { instance, sequence }: Word): boolean {
  if (before.instance !== instance || before.sequence === null || sequence === undefined) return false
  return sequence > before.sequence
}

function latest(before: DeviceRecord | null, word: Word): number | null {
  const known = before?.instance === word.instance ? before.sequence : null
  return isOldNews(before, word) ? known : (word.sequence ?? known)
}

function declared(before: DeviceRecord | null, hello: DeviceHello, now: number): CameraRecord[] {
  return uniqueByName(hello.cameras).map(({ name, label = name, state }) => {
    const earlier = before?.cameras.find((camera) => camera.name === name)
    return conditioned(earlier, { name, label, renamed: earlier?.renamed ?? null }, state, now)
  })
}

/** The device after its `status`; null when the status comes from a connection that is not its address. */
export function reported(
  before: DeviceRecord,
  { cameras, sequence }: Pick<Status, 'cameras' | 'sequence'>,
  connection: string,
  now: number,
): DeviceRecord | null {
  if (before.connection !== connection) return null
  const word = { instance: before.instance, sequence }
  const told = isOldNews(before, word) ? [] : cameras
  const reportedState = new Map(told.map(({ name, state }) => [name, state]))
  return {
    ...before,
    revision: before.revision + 1,
    sequence: latest(before, word),
    since: isOnline(before, now) ? before.since : later(now, before.since),
    leaseUntil: now + LEASE_MS,
    cameras: before.cameras.map((camera) =>
      conditioned(camera, camera, reportedState.get(camera.name) ?? camera.state, now),
    ),
  }
}

/** The device after the loss of a connection; null when that was not its address. */
export function lost(before: DeviceRecord, connection: string, now: number): DeviceRecord | null {
  if (before.connection !== connection) return null
  const since = isOnline(before, now) ? later(now, before.since) : before.leaseUntil
  return { ...before, revision: before.revision + 1, connection: null, since }
}

export function isOnline(device: DeviceRecord, now: number): boolean {
  return device.connection !== null && now < device.leaseUntil
}

/** It would be there but for its lease. */
export function leaseIsOver(device: DeviceRecord, now: number): boolean {
  return device.connection !== null && now >= device.leaseUntil
}

export function isPaired(device: DeviceRecord | null): boolean {
  return device !== null && device.paired !== null
}

function conditioned(
  before: CameraRecord | undefined,
  { name, label, renamed }: Pick<CameraRecord, 'name' | 'label' | 'renamed'>,
  state: CameraCondition,
  now: number,
): CameraRecord {
  const since = before?.state === state ? before.since : later(now, before?.since)
  return { name, label, renamed, state, since }
}

function uniqueByName<Named extends { readonly name: string }>(cameras: readonly Named[]): readonly Named[] {
  return [...new Map(cameras.map((camera) => [camera.name, camera])).values()]
}

/** Viewers keep the later of two presences, so a change is never dated at or before the one that it follows. */
export function later(now: number, before: number | undefined): number {
  return before === undefined ? now : Math.max(now, before + 1)
}
