import type { InvitationDescription, UserDescription, UserPoolDescription } from './cloud-description.ts'
import { describeUserPoolClients } from './describe-user-pool-clients.ts'
import { userPoolIssuer } from './invented-resources.ts'
import type { LeadAddress } from './lead-address.ts'
import {
  asObject,
  listOf,
  numberOf,
  objectOf,
  refuseUnknown,
  requireList,
  requireValue,
  textOf,
} from './properties.ts'
import type { ResolvedResource, ResolvedStack } from './resolved-stack.ts'
import { TemplateError } from './template-error.ts'

const DAY_SECONDS = 24 * 60 * 60

const KNOWN = ['AdminCreateUserConfig', 'Policies', 'UsernameAttributes', 'UsernameConfiguration']

/** People here show who they are by a link that this machine gives out, and nothing is mailed. */
const NOT_HONOURED = {
  withoutPasswords: [
    'EnabledMfas',
    'MfaConfiguration',
    'WebAuthnFactorConfiguration',
    'WebAuthnRelyingPartyID',
    'WebAuthnUserVerification',
  ],
  withoutMail: [
    'AccountRecoverySetting',
    'EmailVerificationMessage',
    'EmailVerificationSubject',
    'SmsVerificationMessage',
    'VerificationMessageTemplate',
  ],
  // No account's address changes here.
  withoutChanges: ['AutoVerifiedAttributes', 'UserAttributeUpdateSettings'],
  // How AWS keeps and bills it.
  keeping: ['DeletionProtection', 'UserPoolName', 'UserPoolTags', 'UserPoolTier'],
}

export function describeUserPools(stack: ResolvedStack, lead: LeadAddress): readonly UserPoolDescription[] {
  return stack.ofType('AWS::Cognito::UserPool').map((pool) => {
    const { ref: id, attributes, properties, where } = pool
    refuseUnknown(properties, [...KNOWN, ...Object.values(NOT_HONOURED).flat()], where)
    requireList(properties, 'UsernameAttributes', ['email'], where)
    requireValue(objectOf(properties, 'UsernameConfiguration', where), 'CaseSensitive', false, where)
    requireManagedLogin(pool, stack)
    return {
      id,
      arn: String(attributes.Arn),
      issuer: userPoolIssuer(id),
      address: lead(userPoolIssuer(id), where),
      clients: describeUserPoolClients(pool, stack, lead),
      users: partsOf(pool, 'AWS::Cognito::UserPoolUser', stack).map(describeUser),
      invitation: describeInvitation(pool, lead),
    }
  })
}

function partsOf(pool: ResolvedResource, type: string, stack: ResolvedStack): readonly ResolvedResource[] {
  return stack.ofType(type).filter(({ properties }) => properties.UserPoolId === pool.ref)
}

/** Without a domain there is no page to sign in on, and none of the other pages knows passkeys. */
function requireManagedLogin(pool: ResolvedResource, stack: ResolvedStack): void {
  const [domain, ...further] = partsOf(pool, 'AWS::Cognito::UserPoolDomain', stack)
  if (!domain || further.length > 0) throw new TemplateError(`${pool.where}: must have exactly one domain`)
  refuseUnknown(domain.properties, ['Domain', 'ManagedLoginVersion', 'UserPoolId'], domain.where)
  requireValue(domain.properties, 'ManagedLoginVersion', 2, domain.where)
}

function describeInvitation(
  { properties, where }: ResolvedResource,
  lead: LeadAddress,
): InvitationDescription {
  const config = objectOf(properties, 'AdminCreateUserConfig', where)
  refuseUnknown(config, ['AllowAdminCreateUserOnly', 'InviteMessageTemplate'], where)
  // People who come without an invitation are not run here.
  requireValue(config, 'AllowAdminCreateUserOnly', true, where)
  const template = objectOf(config, 'InviteMessageTemplate', where)
  refuseUnknown(template, ['EmailMessage', 'EmailSubject'], where)
  const policies = objectOf(properties, 'Policies', where)
  // Of passwords, only how long the first one is good: that is the invitation's life.
  refuseUnknown(policies, ['PasswordPolicy', 'SignInPolicy'], where)
  const password = objectOf(policies, 'PasswordPolicy', where)
  return {
    subject: textOf(template, 'EmailSubject', where),
    message: lead(textOf(template, 'EmailMessage', where), `${where}: EmailMessage`),
    validSeconds: numberOf(password, 'TemporaryPasswordValidityDays', where) * DAY_SECONDS,
  }
}

function describeUser({ properties, where }: ResolvedResource): UserDescription {
  refuseUnknown(properties, ['DesiredDeliveryMediums', 'UserAttributes', 'Username', 'UserPoolId'], where)
  // Cognito's default is a text message.
  requireList(properties, 'DesiredDeliveryMediums', ['EMAIL'], where)
  const email = textOf(properties, 'Username', where)
  const attributes = Object.fromEntries(
    listOf(properties, 'UserAttributes', where).map((item) => {
      const attribute = asObject(item, where)
      return [textOf(attribute, 'Name', where), textOf(attribute, 'Value', where)]
    }),
  )
  refuseUnknown(attributes, ['email', 'email_verified'], where)
  requireValue(attributes, 'email', email, where)
  requireValue(attributes, 'email_verified', 'true', where)
  return { email }
}
