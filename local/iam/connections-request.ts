import type { AccessRequest } from './decide.ts'

/** What a call to `/{stage}/@connections/{id}` needs to be allowed. `apiArn` has no stage. */
export function connectionsRequest(
  apiArn: string,
  stage: string,
  method: string,
  connectionId: string,
): AccessRequest {
  return {
    action: 'execute-api:ManageConnections',
    resource: `${apiArn}/${stage}/${method}/@connections/${connectionId}`,
  }
}
