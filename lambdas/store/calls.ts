import { splitCameraId } from '../../protocol/identifiers.ts'
import type { Store } from '../core/ports.ts'
import { epochSeconds } from './expiry.ts'
import { toCall, toDevice } from './items.ts'
import { keys } from './keys.ts'
import { IS_CURRENT, IS_FREE, type Table } from './table.ts'

type Calls = Pick<Store, 'openCall' | 'moveCall' | 'endCall' | 'getCall' | 'getCallAndDevice' | 'listCalls'>

/** An item of before there was such a time is at no younger connection. */
const IS_NO_YOUNGER = '(attribute_not_exists(viewerConnectedAt) OR viewerConnectedAt <= :at)'

export function createCalls(table: Table): Calls {
  const calls: Calls = {
    async openCall(call, expiresAtMs) {
      const key = keys.call(splitCameraId(call.camera).device, call.call)
      const item = { ...call, expiresAt: epochSeconds(expiresAtMs) }
      if (await table.put(key, item, IS_FREE)) return 'opened'
      if ((await calls.moveCall(call)) !== null) return 'retried'
      const known = await table.get(key)
      // It expired between the first write and this read.
      if (known === null) return calls.openCall(call, expiresAtMs)
      if (known['viewer'] !== call.viewer || known['camera'] !== call.camera) return 'taken'
      return known['state'] === 'live' ? 'retried' : 'ended'
    },

    async moveCall({ call, camera, viewer, viewerConnection, viewerConnectedAt }) {
      const moved = await table.update(
        keys.call(splitCameraId(camera).device, call),
        'SET viewerConnection = :connection, viewerConnectedAt = :at',
        `${IS_CURRENT} AND viewer = :viewer AND camera = :camera AND #state = :live AND ${IS_NO_YOUNGER}`,
        {
          ':connection': viewerConnection,
          ':at': viewerConnectedAt,
          ':viewer': viewer,
          ':camera': camera,
          ':live': 'live',
        },
      )
      return moved === null ? null : toCall(moved)
    },

    async endCall(device, call, reason, atMs) {
      const ended = await table.update(
        keys.call(device, call),
        'SET #state = :ended, endReason = :reason, endedAt = :at',
        `${IS_CURRENT} AND #state = :live`,
        { ':ended': 'ended', ':live': 'live', ':reason': reason, ':at': atMs },
      )
      return ended === null ? null : toCall(ended)
    },

    async getCall(device, call) {
      const item = await table.get(keys.call(device, call))
      return item === null ? null : toCall(item)
    },

    async getCallAndDevice(device, call) {
      const [callItem, deviceItem] = await table.getBoth(keys.call(device, call), keys.device(device))
      return {
        call: callItem === null ? null : toCall(callItem),
        device: deviceItem === null ? null : toDevice(deviceItem),
      }
    },

    async listCalls(device) {
      return (await table.query(keys.calls(device))).map(toCall)
    },
  }
  return calls
}
