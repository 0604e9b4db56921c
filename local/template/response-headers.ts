import type { LeadAddress } from './lead-address.ts'
import { asObject, listOf, objectOf, type Properties, refuseUnknown, textOf } from './properties.ts'
import type { ResolvedStack } from './resolved-stack.ts'
import { TemplateError } from './template-error.ts'

/** How each part of a response headers policy is sent. */
const SECURITY_HEADERS: Readonly<
  Record<string, { readonly header: string; readonly value: (part: Properties, where: string) => string }>
> = {
  ContentSecurityPolicy: {
    header: 'content-security-policy',
    value: (part, where) => textOf(part, 'ContentSecurityPolicy', where),
  },
  ContentTypeOptions: { header: 'x-content-type-options', value: () => 'nosniff' },
  FrameOptions: { header: 'x-frame-options', value: (part, where) => textOf(part, 'FrameOption', where) },
  ReferrerPolicy: {
    header: 'referrer-policy',
    value: (part, where) => textOf(part, 'ReferrerPolicy', where),
  },
  StrictTransportSecurity: {
    header: 'strict-transport-security',
    value: ({ AccessControlMaxAgeSec, IncludeSubdomains, Preload }) =>
      [
        `max-age=${AccessControlMaxAgeSec}`,
        ...(IncludeSubdomains === true ? ['includeSubDomains'] : []),
        ...(Preload === true ? ['preload'] : []),
      ].join('; '),
  },
}

/** The headers of a distribution's policy, by lower-case name; none without a policy. */
export function policyHeaders(
  policyId: unknown,
  distribution: string,
  stack: ResolvedStack,
  lead: LeadAddress,
): Readonly<Record<string, string>> {
  if (policyId === undefined) return {}
  const policy = stack.ofType('AWS::CloudFront::ResponseHeadersPolicy').find(({ ref }) => ref === policyId)
  if (!policy)
    throw new TemplateError(`${distribution}: its headers policy ${policyId} is not in the template`)
  const { where } = policy
  const config = objectOf(policy.properties, 'ResponseHeadersPolicyConfig', where)
  refuseUnknown(config, ['Comment', 'CustomHeadersConfig', 'Name', 'SecurityHeadersConfig'], where)
  const security = objectOf(config, 'SecurityHeadersConfig', where)
  refuseUnknown(security, Object.keys(SECURITY_HEADERS), where)
  const headers = [
    ...Object.entries(SECURITY_HEADERS)
      .filter(([part]) => part in security)
      .map(([part, { header, value }]) => [header, value(objectOf(security, part, where), where)] as const),
    ...listOf(objectOf(config, 'CustomHeadersConfig', where), 'Items', where).map((item) => {
      const custom = asObject(item, where)
      return [textOf(custom, 'Header', where).toLowerCase(), textOf(custom, 'Value', where)] as const
    }),
  ]
  return Object.fromEntries(headers.map(([name, value]) => [name, lead(value, `${where}: ${name}`)]))
}
