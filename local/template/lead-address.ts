import type { LocalAddresses } from './cloud-description.ts'
import { apiDomain, managedLoginDomain, USER_POOLS_HOST, userPoolIssuer } from './invented-resources.ts'
import type { ResolvedStack } from './resolved-stack.ts'
import { TemplateError } from './template-error.ts'

/** Leads the addresses in a text that AWS would give to this machine's. Throws when one of them is left over. */
export type LeadAddress = (text: string, where: string) => string

interface Lead {
  readonly from: string | RegExp
  readonly to: string
}

/** The first wins: a longer address comes before one that it begins with. */
interface Leads {
  readonly leads: readonly Lead[]
  /** What must not be in a text any more. */
  readonly invented: readonly string[]
}

export function createLeadAddress(stack: ResolvedStack, local: LocalAddresses): LeadAddress {
  const all = [socketLeads(stack, local), siteLeads(stack, local), signInLeads(stack, local)]
  const leads = all.flatMap((some) => some.leads)
  const invented = all.flatMap((some) => some.invented)
  return (text, where) => {
    const led = leads.reduce((result, { from, to }) => result.replaceAll(from, to), text)
    const left = invented.find((name) => led.includes(name))
    if (left !== undefined) {
      throw new TemplateError(
        `${where}: ${led} names ${left} otherwise than in an address that can be led here`,
      )
    }
    return led
  }
}

function socketLeads(stack: ResolvedStack, { socket, connections }: LocalAddresses): Leads {
  const api = only(stack, 'AWS::ApiGatewayV2::Api', 'socket API')
  if (!api) return { leads: [], invented: [] }
  const leads = [
    { from: `wss://${apiDomain(api.ref)}`, to: socket },
    { from: `https://${apiDomain(api.ref)}`, to: connections },
  ]
  return { leads, invented: [api.ref] }
}

function siteLeads(stack: ResolvedStack, { site }: LocalAddresses): Leads {
  const distribution = only(stack, 'AWS::CloudFront::Distribution', 'distribution')
  if (!distribution) return { leads: [], invented: [] }
  const domain = String(distribution.attributes.DomainName)
  return { leads: [{ from: `https://${domain}`, to: site }], invented: [domain] }
}

/** Pages sign in under the site's own address here; functions ask for the keys where they ask for everything. */
function signInLeads(stack: ResolvedStack, { site, keySet }: LocalAddresses): Leads {
  const pool = only(stack, 'AWS::Cognito::UserPool', 'user pool')
  if (!pool) return { leads: [], invented: [] }
  const issuer = userPoolIssuer(pool.ref)
  const domains = stack
    .ofType('AWS::Cognito::UserPoolDomain')
    .map(({ properties }) => managedLoginDomain(String(properties.Domain)))
  const leads = [
    { from: `${issuer}/.well-known/jwks.json`, to: `${keySet}/${pool.ref}/.well-known/jwks.json` },
    { from: issuer, to: `${site}/identity` },
    ...[USER_POOLS_HOST, ...domains].map((host) => ({ from: bareOrigin(host), to: site })),
  ]
  return { leads, invented: [USER_POOLS_HOST, ...domains] }
}

/** As a security policy names it. What lies under it at AWS is somewhere else here. */
function bareOrigin(host: string): RegExp {
  return new RegExp(`https://${host.replaceAll('.', '\\.')}(?![\\w.:/-])`, 'g')
}

function only(stack: ResolvedStack, type: string, name: string) {
  const [first, ...others] = stack.ofType(type)
  if (others.length > 0) throw new TemplateError(`one ${name} at most can have an address on this machine`)
  return first
}
