import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { IncomingCall } from '../../protocol/call.ts'
import { type RunningBundle, runBundle } from './run-bundle.ts'
import {
  type ScriptedCloud,
  type ScriptedCloudOptions,
  type ScriptedLink,
  startScriptedCloud,
} from './scripted-cloud.ts'

export interface Home {
  readonly cloud: ScriptedCloud
  readonly link: ScriptedLink
  readonly connector: RunningBundle
  readonly data: string
  /** The full id of a camera of this home. */
  cameraId(name: string): string
  call(id: string, name: string, as?: Partial<IncomingCall>): void
  stop(): Promise<void>
}

export interface HomeOptions {
  readonly flags?: readonly string[]
  /** For Node, before the bundle. */
  readonly nodeFlags?: readonly string[]
  readonly env?: NodeJS.ProcessEnv
  readonly cloud?: ScriptedCloudOptions
  /** False: welcomed as a device that no owner has claimed. */
  readonly paired?: boolean
}

/** A cloud and the bundled connector, welcomed. `cameras` are addresses by name. */
export async function startHome(
  bundle: string,
  cameras: Readonly<Record<string, string>>,
  { flags = [], nodeFlags = [], env = {}, paired = true, ...options }: HomeOptions = {},
): Promise<Home> {
  const data = mkdtempSync(join(tmpdir(), 'mihari-home-'))
  const cloud = await startScriptedCloud(options.cloud)
  const connector = runBundle(
    [...nodeFlags, bundle],
    [
      ...['--cloud', cloud.url, '--data', data],
      ...Object.entries(cameras).flatMap(([name, url]) => ['--camera', `${name}=${url}`]),
      ...(flags.includes('--health-port') ? [] : ['--health-port', 'off']),
      ...flags,
    ],
    { env },
  )
  const link = await cloud.links.next()
  await link.received.next(({ type }) => type === 'hello')
  link.welcome(paired)
  await connector.log.next(({ event }) => event === (paired ? 'cloud-up' : 'unpaired'))
  const cameraId = (name: string) => `${link.device}.${name}`
  return {
    cloud,
    link,
    connector,
    data,
    cameraId,
    call: (id, name, as = {}) =>
      link.send({ type: 'call', call: id, camera: cameraId(name), who: 'local', role: 'owner', ...as }),
    async stop() {
      connector.kill('SIGTERM')
      await connector.exited
      await cloud.stop()
      rmSync(data, { recursive: true })
    },
  }
}
