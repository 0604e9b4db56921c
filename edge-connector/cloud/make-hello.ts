import { type DeviceHello, MAX_NAMED_CALLS } from '../../protocol/hello.ts'
import { PROTOCOL_VERSION } from '../../protocol/version.ts'
import type { Conditions } from './link-state.ts'

/** [R3] [R24] [R50] What this device is at this moment. */
export function makeHello(device: {
  readonly software: DeviceHello['software']
  readonly instance: string
  readonly conditions: Conditions
  /** Names shown to viewers, by camera. */
  readonly labels: ReadonlyMap<string, string>
  readonly calls: readonly string[]
  readonly sequence: number
}): DeviceHello {
  const { software, instance, conditions, labels, sequence } = device
  const cameras = conditions.map(({ name, state }) => {
    const label = labels.get(name)
    return { name, state, ...(label === undefined ? {} : { label }) }
  })
  const calls = device.calls.slice(0, MAX_NAMED_CALLS)
  const running = calls.length === 0 ? {} : { calls }
  return { type: 'hello', protocol: PROTOCOL_VERSION, software, instance, cameras, sequence, ...running }
}
