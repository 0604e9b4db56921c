import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type RunningBundle, runBundle } from './run-bundle.ts'
import { type ScriptedCloud, type ScriptedLink, startScriptedCloud } from './scripted-cloud.ts'

export interface Home {
  readonly cloud: ScriptedCloud
  readonly link: ScriptedLink
  readonly connector: RunningBundle
  readonly data: string
  /** The full id of a camera of this home. */
  cameraId(name: string): string
  call(id: string, name: string): void
  stop(): Promise<void>
}

/** A cloud and the bundled connector, welcomed. `cameras` are addresses by name. */
export async function startHome(
  bundle: string,
  cameras: Readonly<Record<string, string>>,
  flags: readonly string[] = [],
  nodeFlags: readonly string[] = [],
): Promise<Home> {
  const data = mkdtempSync(join(tmpdir(), 'mihari-home-'))
  const cloud = await startScriptedCloud()
  const connector = runBundle(
    [...nodeFlags, bundle],
    [
      ...['--cloud', cloud.url, '--data', data],
      ...Object.entries(cameras).flatMap(([name, url]) => ['--camera', `${name}=${url}`]),
      ...(flags.includes('--health-port') ? [] : ['--health-port', 'off']),
      ...flags,
    ],
  )
  const link = await cloud.links.next()
  await link.received.next(({ type }) => type === 'hello')
  link.welcome()
  await connector.log.next(({ event }) => event === 'cloud-up')
  const cameraId = (name: string) => `${link.device}.${name}`
  return {
    cloud,
    link,
    connector,
    data,
    cameraId,
    call: (id, name) =>
      link.send({ type: 'call', call: id, camera: cameraId(name), who: 'local', role: 'owner' }),
    async stop() {
      connector.kill('SIGTERM')
      await connector.exited
      await cloud.stop()
      rmSync(data, { recursive: true })
    },
  }
}
