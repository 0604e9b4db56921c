import type { UserPoolClientDescription } from './cloud-description.ts'
import type { LeadAddress } from './lead-address.ts'
import {
  numberOf,
  objectOf,
  type Properties,
  refuseUnknown,
  requireList,
  requireValue,
  textOf,
  textsOf,
} from './properties.ts'
import type { ResolvedResource, ResolvedStack } from './resolved-stack.ts'
import { TemplateError } from './template-error.ts'

const KNOWN = [
  'AccessTokenValidity',
  'AllowedOAuthFlows',
  'AllowedOAuthFlowsUserPoolClient',
  'AllowedOAuthScopes',
  'CallbackURLs',
  'EnableTokenRevocation',
  'GenerateSecret',
  'IdTokenValidity',
  'LogoutURLs',
  'ReadAttributes',
  'RefreshTokenRotation',
  'RefreshTokenValidity',
  'SupportedIdentityProviders',
  'TokenValidityUnits',
  'UserPoolId',
]

const NOT_HONOURED = [
  // Of Cognito's own API, by which nobody signs in here.
  'ExplicitAuthFlows',
  'PreventUserExistenceErrors',
  // No account changes here.
  'WriteAttributes',
  'ClientName',
]

const UNIT_SECONDS: Readonly<Record<string, number>> = {
  seconds: 1,
  minutes: 60,
  hours: 60 * 60,
  days: 24 * 60 * 60,
}

export function describeUserPoolClients(
  pool: ResolvedResource,
  stack: ResolvedStack,
  lead: LeadAddress,
): readonly UserPoolClientDescription[] {
  return stack
    .ofType('AWS::Cognito::UserPoolClient')
    .filter(({ properties }) => properties.UserPoolId === pool.ref)
    .map((client) => {
      requireBranding(client, stack)
      return describeClient(client, lead)
    })
}

function describeClient(
  { ref: id, properties, where }: ResolvedResource,
  lead: LeadAddress,
): UserPoolClientDescription {
  refuseUnknown(properties, [...KNOWN, ...NOT_HONOURED], where)
  requireValue(properties, 'GenerateSecret', false, where)
  requireValue(properties, 'AllowedOAuthFlowsUserPoolClient', true, where)
  requireValue(properties, 'EnableTokenRevocation', true, where)
  requireList(properties, 'AllowedOAuthFlows', ['code'], where)
  requireList(properties, 'SupportedIdentityProviders', ['COGNITO'], where)
  // Left out it means every attribute there is.
  if (!('ReadAttributes' in properties)) throw new TemplateError(`${where}: ReadAttributes must be a list`)
  const addresses = (name: string) =>
    textsOf(properties, name, where).map((address) => lead(address, `${where}: ${name}`))
  return {
    id,
    callbackUrls: addresses('CallbackURLs'),
    logoutUrls: addresses('LogoutURLs'),
    scopes: textsOf(properties, 'AllowedOAuthScopes', where),
    claims: textsOf(properties, 'ReadAttributes', where),
    idTokenSeconds: validity(properties, 'IdToken', where),
    accessTokenSeconds: validity(properties, 'AccessToken', where),
    refreshTokenSeconds: validity(properties, 'RefreshToken', where),
    ...refreshTokenGrace(properties, where),
  }
}

function validity(properties: Properties, token: string, where: string): number {
  const unit = textOf(objectOf(properties, 'TokenValidityUnits', where), token, where)
  const seconds = UNIT_SECONDS[unit]
  if (seconds === undefined) throw new TemplateError(`${where}: ${unit} is no unit of TokenValidityUnits`)
  return numberOf(properties, `${token}Validity`, where) * seconds
}

function refreshTokenGrace(
  properties: Properties,
  where: string,
): Pick<UserPoolClientDescription, 'refreshTokenGraceSeconds'> {
  const rotation = objectOf(properties, 'RefreshTokenRotation', where)
  refuseUnknown(rotation, ['Feature', 'RetryGracePeriodSeconds'], where)
  if (rotation.Feature !== 'ENABLED') return {}
  return { refreshTokenGraceSeconds: numberOf(rotation, 'RetryGracePeriodSeconds', where) }
}

/** A client without a style has a sign-in page at AWS that says only that it is not available. */
function requireBranding(client: ResolvedResource, stack: ResolvedStack): void {
  const branding = stack
    .ofType('AWS::Cognito::ManagedLoginBranding')
    .find(({ properties }) => properties.ClientId === client.ref)
  if (!branding) throw new TemplateError(`${client.where}: must have a managed login branding`)
  const { properties, where } = branding
  refuseUnknown(properties, ['ClientId', 'UseCognitoProvidedValues', 'UserPoolId'], where)
  requireValue(properties, 'UseCognitoProvidedValues', true, where)
}
