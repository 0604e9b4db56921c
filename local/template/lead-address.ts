import type { LocalAddresses } from './cloud-description.ts'
import { apiDomain } from './invented-resources.ts'
import type { ResolvedStack } from './resolved-stack.ts'
import { TemplateError } from './template-error.ts'

/** Leads the addresses in a text that AWS would give to this machine's. Throws when one of them is left over. */
export type LeadAddress = (text: string, where: string) => string

export function createLeadAddress(stack: ResolvedStack, local: LocalAddresses): LeadAddress {
  const apis = stack.ofType('AWS::ApiGatewayV2::Api')
  const sites = stack.ofType('AWS::CloudFront::Distribution')
  if (apis.length > 1 || sites.length > 1) {
    throw new TemplateError('one socket API and one distribution at most can have an address on this machine')
  }
  const leads = [
    ...apis.flatMap(({ ref }) => [
      { from: `wss://${apiDomain(ref)}`, to: local.socket },
      { from: `https://${apiDomain(ref)}`, to: local.connections },
    ]),
    ...sites.map(({ attributes }) => ({ from: `https://${attributes.DomainName}`, to: local.site })),
  ]
  const invented = [
    ...apis.map(({ ref }) => ref),
    ...sites.map(({ attributes }) => attributes.DomainName ?? ''),
  ]
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
