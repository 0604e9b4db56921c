import type { HangupReason } from '../../../protocol/hangup.ts'
import { splitCameraId } from '../../../protocol/identifiers.ts'
import type { Backend } from '../backend.ts'
import type { CallRecord } from '../records.ts'
import { callKey } from '../routes-cache.ts'
import { settleAll } from '../settle-all.ts'
import { deliverEndToDevice, deliverToViewer } from './deliver.ts'
import { tellOwners } from './watching.ts'

/** Ends the call in the database: the record as it ended for whoever was the first to, else null. */
export async function endCall(
  backend: Backend,
  call: CallRecord,
  reason: string,
): Promise<CallRecord | null> {
  const { store, cache, log, now } = backend
  const { device } = splitCameraId(call.camera)
  const at = now()
  const ended = await store.endCall(device, call.call, reason, at)
  const key = callKey(device, call.call)
  if (ended === null) {
    // Somebody else has ended it: how, is read when it is asked for.
    cache.calls.delete(key)
    return null
  }
  // Not before it is written: a hangup that is repeated because this failed must not be dropped.
  cache.calls.set(key, ended, at)
  log.info('call-ended', { call: call.call, camera: call.camera, reason })
  return ended
}

/** The cloud's own hangup, at both ends. An end that cannot be told keeps nobody else from being told. */
export async function hangUp(backend: Backend, call: CallRecord, reason: HangupReason): Promise<void> {
  const ended = await endCall(backend, call, reason)
  if (ended === null) return
  const message = { type: 'hangup', call: call.call, reason } as const
  const told = await Promise.allSettled([
    deliverEndToDevice(backend, splitCameraId(call.camera).device, message),
    deliverToViewer(backend, ended, message),
  ])
  for (const result of told) {
    if (result.status === 'rejected') {
      backend.log.error('end-not-told', { call: ended.call, error: result.reason })
    }
  }
  await tellOwners(backend, ended)
}

/** Those that run at the device. Whoever calls this has taken the right away before [R36]. */
export async function hangUpCalls(
  backend: Backend,
  device: string,
  reason: HangupReason,
  which: (call: CallRecord) => boolean,
): Promise<void> {
  const calls = await backend.store.listCalls(device)
  const running = calls.filter((call) => call.state === 'live' && which(call))
  await settleAll(running.map((call) => hangUp(backend, call, reason)))
}
