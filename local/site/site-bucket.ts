import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import type { SiteDeployment } from '../template/cloud-description.ts'
import { isDeployed } from './deployed-paths.ts'
import { createSiteFile, type SiteFile } from './site-file.ts'

/** What the deployments put into the bucket, by key: the path without a leading slash. */
export function fillBucket(deployments: readonly SiteDeployment[]): ReadonlyMap<string, SiteFile> {
  const bucket = new Map<string, SiteFile>()
  for (const { folder, markers, cacheControl, include, exclude } of deployments) {
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue
      const path = join(entry.parentPath, entry.name)
      const key = relative(folder, path).split(sep).join('/')
      if (!isDeployed(key, exclude, include)) continue
      bucket.set(key, createSiteFile(key, replaceMarkers(readFileSync(path), markers), cacheControl))
    }
  }
  return bucket
}

/** Byte by byte in latin1, so that a picture beside the text stays what it is. */
function replaceMarkers(content: Buffer, markers: Readonly<Record<string, string>>): Buffer {
  const replacements = Object.entries(markers)
  if (replacements.length === 0) return content
  const latin1 = (text: string) => Buffer.from(text).toString('latin1')
  const replaced = replacements.reduce(
    (text, [marker, value]) => text.replaceAll(latin1(marker), () => latin1(value)),
    content.toString('latin1'),
  )
  return Buffer.from(replaced, 'latin1')
}
