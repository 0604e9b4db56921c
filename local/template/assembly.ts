import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Template } from './template.ts'
import { TemplateError } from './template-error.ts'

/** What `cdk synth` leaves in its output folder for one stack. */
export interface Assembly {
  readonly stackName: string
  readonly template: Template
  /** The folder behind an object of the asset bucket, e.g. `<hash>.zip`. */
  readonly assetFolder: (objectKey: string) => string
}

interface Manifest {
  readonly artifacts: Readonly<
    Record<string, { readonly type: string; readonly properties?: Readonly<Record<string, unknown>> }>
  >
}

interface AssetManifest {
  readonly files: Readonly<
    Record<
      string,
      {
        readonly source: { readonly path: string; readonly packaging: string }
        readonly destinations: Readonly<Record<string, { readonly objectKey: string }>>
      }
    >
  >
}

export function readAssembly(cdkOutFolder: string): Assembly {
  const folder = resolve(cdkOutFolder)
  const manifest = readJson<Manifest>(folder, 'manifest.json')
  const ofType = (type: string) => Object.entries(manifest.artifacts).filter(([, { type: t }]) => t === type)
  const [stack, ...furtherStacks] = ofType('aws:cloudformation:stack')
  const [assets] = ofType('cdk:asset-manifest')
  if (!stack || !assets || furtherStacks.length > 0) {
    throw new TemplateError(`${folder} must hold exactly one stack with its assets`)
  }
  const [stackName, { properties }] = stack
  const { files } = readJson<AssetManifest>(folder, String(assets[1].properties?.file))
  return {
    stackName,
    template: readJson<Template>(folder, String(properties?.templateFile)),
    assetFolder: (objectKey) => {
      const file = Object.values(files).find(({ destinations }) =>
        Object.values(destinations).some((destination) => destination.objectKey === objectKey),
      )
      if (file?.source.packaging !== 'zip') {
        throw new TemplateError(`no folder among the assets of ${stackName} becomes ${objectKey}`)
      }
      return join(folder, file.source.path)
    },
  }
}

function readJson<T>(folder: string, file: string): T {
  try {
    return JSON.parse(readFileSync(join(folder, file), 'utf8')) as T
  } catch (cause) {
    throw new TemplateError(`${join(folder, file)} is no output of a synth`, { cause })
  }
}
