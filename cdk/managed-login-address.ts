import { Fn, Stack } from 'aws-cdk-lib/core'
import type { Construct } from 'constructs'

/** Where Cognito's own pages and keys are: known before any pool is, so that the site's security policy can say it. */
export interface ManagedLoginAddress {
  readonly domainPrefix: string
  readonly domainName: string
  /** What the page asks: keys and discovery here, tokens there. */
  readonly origins: readonly string[]
}

/**
 * Prefixes are one namespace for all of AWS in a region. The stack's id ends in a UUID; only the whole of it is
 * unique, as its last part is the same for many stacks.
 */
export function managedLoginAddress(scope: Construct): ManagedLoginAddress {
  const { stackId, region, urlSuffix } = Stack.of(scope)
  const domainPrefix = `mihari-${Fn.select(2, Fn.split('/', stackId))}`
  const domainName = `${domainPrefix}.auth.${region}.amazoncognito.com`
  const issuerOrigin = `https://cognito-idp.${region}.${urlSuffix}`
  return { domainPrefix, domainName, origins: [issuerOrigin, `https://${domainName}`] }
}
