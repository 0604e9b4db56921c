import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SiteDeployment } from './cloud-description.ts'
import type { LeadAddress } from './lead-address.ts'
import {
  asObject,
  listOf,
  objectOf,
  type Properties,
  refuseUnknown,
  requireValue,
  textsOf,
} from './properties.ts'
import type { ResolvedResource, ResolvedStack } from './resolved-stack.ts'
import { TemplateError } from './template-error.ts'

const KNOWN = [
  'DestinationBucketName',
  'Exclude',
  'Include',
  'OutputObjectKeys',
  'Prune',
  'ServiceToken',
  'SourceBucketNames',
  'SourceMarkers',
  'SourceMarkersConfig',
  'SourceObjectKeys',
  'SystemMetadata',
  'WaitForDistributionInvalidation',
]

/** What the CDK's bucket deployments put into a bucket, one description for each source, in the order of deploying. */
export function describeDeployments(
  bucket: ResolvedResource,
  stack: ResolvedStack,
  lead: LeadAddress,
): readonly SiteDeployment[] {
  const deployments = stack
    .ofType('Custom::CDKBucketDeployment')
    .filter(({ properties }) => properties.DestinationBucketName === bucket.ref)
  return inOrder(deployments).flatMap(({ properties, where }) => {
    refuseUnknown(properties, KNOWN, where)
    // Pruning would take the files of the other deployments with it.
    requireValue(properties, 'Prune', false, where)
    const metadata = objectOf(properties, 'SystemMetadata', where)
    refuseUnknown(metadata, ['cache-control'], where)
    const markers = listOf(properties, 'SourceMarkers', where)
    const encodings = listOf(properties, 'SourceMarkersConfig', where)
    return textsOf(properties, 'SourceObjectKeys', where).map((objectKey, source) => {
      const folder = stack.assetFolder(objectKey)
      const values = readMarkers(
        asObject(markers[source] ?? {}, where),
        asObject(encodings[source] ?? {}, where),
        where,
        lead,
      )
      requireWholeAddresses(folder, values, where, lead)
      return {
        folder,
        markers: values,
        ...('cache-control' in metadata && { cacheControl: String(metadata['cache-control']) }),
        include: textsOf(properties, 'Include', where),
        exclude: textsOf(properties, 'Exclude', where),
      }
    })
  })
}

/** The text that stands in the file after deploying, for each marker. */
function readMarkers(
  markers: Properties,
  encoding: Properties,
  where: string,
  lead: LeadAddress,
): Readonly<Record<string, string>> {
  refuseUnknown(encoding, ['jsonEscape'], where)
  return Object.fromEntries(
    Object.entries(markers).map(([marker, value]) => {
      if (typeof value !== 'string') throw new TemplateError(`${where}: the value of ${marker} must be text`)
      const led = lead(value, where)
      return [marker, encoding.jsonEscape === true ? JSON.stringify(led).slice(1, -1) : led]
    }),
  )
}

/** An address of which a file holds some and markers the rest comes together only in the file, past all leading. */
function requireWholeAddresses(
  folder: string,
  markers: Readonly<Record<string, string>>,
  where: string,
  lead: LeadAddress,
): void {
  if (Object.keys(markers).length === 0) return
  for (const file of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!file.isFile()) continue
    const text = Object.entries(markers).reduce(
      (result, [marker, value]) => result.replaceAll(marker, value),
      readFileSync(join(file.parentPath, file.name), 'utf8'),
    )
    if (lead(text, `${where}: ${file.name}`) !== text) {
      throw new TemplateError(
        `${where}: ${file.name} makes an address of several references, which is not led here`,
      )
    }
  }
}

/** Those that others depend on come first. */
function inOrder(deployments: readonly ResolvedResource[]): readonly ResolvedResource[] {
  const ordered = new Set<ResolvedResource>()
  const visit = (deployment: ResolvedResource): void => {
    for (const earlier of deployments) {
      if (deployment.dependsOn.includes(earlier.logicalId)) visit(earlier)
    }
    ordered.add(deployment)
  }
  deployments.forEach(visit)
  return [...ordered]
}
