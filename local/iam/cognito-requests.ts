import type { AccessRequest } from './decide.ts'

/** Turns the id of a user pool into its ARN. */
export type UserPoolArn = (userPoolId: string) => string

/**
 * What an operation of `AWSCognitoIdentityProviderService` needs to be allowed. Empty when that cannot be told,
 * as of an operation that names no pool.
 */
export function cognitoRequests(
  operation: string,
  body: Readonly<Record<string, unknown>>,
  userPoolArn: UserPoolArn,
): AccessRequest[] {
  const userPoolId = body['UserPoolId']
  if (operation === '' || typeof userPoolId !== 'string' || userPoolId === '') return []
  return [{ action: `cognito-idp:${operation}`, resource: userPoolArn(userPoolId) }]
}
