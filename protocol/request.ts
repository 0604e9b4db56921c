import * as v from 'valibot'
import { RequestId } from './identifiers.ts'
import { OPERATIONS, type ViewerOperation } from './operations.ts'

export const ViewerRequest = v.object({
  type: v.literal('request'),
  id: RequestId,
  ask: v.variant('op', [
    asking('claim-device', OPERATIONS['claim-device']),
    asking('list-devices', OPERATIONS['list-devices']),
    asking('rename-device', OPERATIONS['rename-device']),
    asking('unpair-device', OPERATIONS['unpair-device']),
    asking('rename-camera', OPERATIONS['rename-camera']),
    asking('list-grants', OPERATIONS['list-grants']),
    asking('grant-to-person', OPERATIONS['grant-to-person']),
    asking('grant-by-link', OPERATIONS['grant-by-link']),
    asking('revoke-grant', OPERATIONS['revoke-grant']),
    asking('list-people', OPERATIONS['list-people']),
    asking('set-owner', OPERATIONS['set-owner']),
    asking('list-watchers', OPERATIONS['list-watchers']),
    asking('list-history', OPERATIONS['list-history']),
    asking('sign-out-everywhere', OPERATIONS['sign-out-everywhere']),
  ]),
})
export type ViewerRequest = v.InferOutput<typeof ViewerRequest>
export type ViewerAsk<Op extends ViewerOperation = ViewerOperation> = Extract<
  ViewerRequest['ask'],
  { op: Op }
>

export const DeviceRequest = v.object({
  type: v.literal('request'),
  id: RequestId,
  ask: v.variant('op', [asking('start-pairing', OPERATIONS['start-pairing'])]),
})
export type DeviceRequest = v.InferOutput<typeof DeviceRequest>

function asking<Op extends string, Entries extends v.ObjectEntries>(
  op: Op,
  { asked }: { readonly asked: v.ObjectSchema<Entries, undefined> },
) {
  return v.object({ op: v.literal(op), ...asked.entries })
}
