import type { ToDevice } from '../../protocol/directions.ts'
import type { ErrorMessage } from '../../protocol/error.ts'
import type { DeviceWelcome } from '../../protocol/welcome.ts'
import { assertNever } from '../lifecycle/assert-never.ts'
import type { LineEvent } from './link-state.ts'

/** What is not about the link itself. */
export type Received =
  | Exclude<ToDevice, { type: 'welcome' | 'paired' | 'error' }>
  | (ErrorMessage & { readonly call: string })

export type Sorted =
  | { readonly for: 'link'; readonly event: LineEvent }
  | { readonly for: 'call' | 'request'; readonly message: Received }

/** Whom a message of the cloud is for. */
export function sortMessage(message: ToDevice): Sorted {
  switch (message.type) {
    case 'welcome':
      return { for: 'link', event: welcomed(message) }
    case 'paired':
      return { for: 'link', event: { type: 'claimed' } }
    case 'reply':
      return { for: 'request', message }
    case 'error': {
      const { call, code, detail = '', now } = message
      // Neither that the device is not paired nor that the cloud has failed is a matter of one call.
      const ofCall = code !== 'not-paired' && code !== 'internal'
      if (call !== undefined && ofCall) return { for: 'call', message: { ...message, call } }
      return { for: 'link', event: { type: 'complaint', code, detail, now } }
    }
    case 'call':
    case 'answer':
    case 'candidates':
    case 'alive':
    case 'resume':
    case 'hangup':
      return { for: 'call', message }
    default:
      return assertNever(message)
  }
}

function welcomed({ paired, ended = [], rollOverMs }: DeviceWelcome): LineEvent {
  return { type: 'welcomed', paired, ended, rollOverMs }
}
