import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openRequests } from '../../e2e/requests.ts'
import { bundleConnector } from '../../edge-connector/bundle.ts'
import { secretHash } from '../../lambdas/core/secret-hash.ts'
import { pairBox } from '../../local/home/pair-box.ts'
import { signIn } from '../../local/identity/sign-in-client.ts'
import { socketUrl, synthesizeBuilt } from '../../local/start-mihari.ts'
import { splitCameraId } from '../../protocol/identifiers.ts'
import { CAMERAS, type CameraPlan, CONNECTORS } from '../layout.ts'
import type { Surroundings } from '../viewers/messages.ts'
import { bundleProbe, bundleViewers } from './bundle-plain.ts'
import { CameraProcess } from './camera.ts'
import { CloudProcess } from './cloud.ts'
import { ConnectorProcess } from './connector.ts'
import type { Transcript } from './transcript.ts'

/** Longer than all the hours that the clock jumps ahead in a run. */
const GUESTS_FOR_MS = 365 * 24 * 60 * 60_000

export interface HomeOptions {
  readonly transcript: Transcript
  readonly say: (line: string) => void
  /** In their order, each with the connector that has it. */
  readonly plans?: readonly CameraPlan[]
  readonly connectorCount?: number
}

/** Cloud, connectors and cameras, each a process, in a folder that goes with them. */
export class Home {
  readonly cloud: CloudProcess
  readonly cameras: readonly CameraProcess[]
  readonly connectors: ConnectorProcess[]
  /** Of those who watch, to be run beside it. */
  readonly viewersProgram: string
  readonly #folder: string
  #surroundings: Surroundings
  readonly #ids: ReadonlyMap<string, string>
  #clones = 0
  /** Two with one key, until it is known which is left. */
  #cards: readonly ConnectorProcess[] = []

  private constructor(parts: {
    readonly folder: string
    readonly viewersProgram: string
    readonly cloud: CloudProcess
    readonly cameras: readonly CameraProcess[]
    readonly connectors: ConnectorProcess[]
    readonly surroundings: Surroundings
    readonly ids: ReadonlyMap<string, string>
  }) {
    this.viewersProgram = parts.viewersProgram
    this.#folder = parts.folder
    this.cloud = parts.cloud
    this.cameras = parts.cameras
    this.connectors = parts.connectors
    this.#surroundings = parts.surroundings
    this.#ids = parts.ids
  }

  /** Builds what is to be run, runs it, and has an owner claim the connectors. */
  static async start({
    transcript,
    say,
    plans = CAMERAS,
    connectorCount = CONNECTORS,
  }: HomeOptions): Promise<Home> {
    const assembly = await synthesizeBuilt(say)
    const folder = mkdtempSync(join(tmpdir(), 'mihari-soak-'))
    const cloud = new CloudProcess({ assembly, dataFolder: join(folder, 'cloud') }, transcript)
    const cameras = plans.map((plan) => new CameraProcess(plan, transcript))
    const connectors: ConnectorProcess[] = []
    const stop = async () => {
      await Promise.all([...connectors, ...cameras, cloud].map((one) => one.stop()))
      rmSync(folder, { recursive: true, force: true })
    }
    try {
      say('starting the cloud, the cameras and the connectors')
      const bundle = await bundleConnector(join(folder, 'mihari-connector.cjs'))
      const probe = await bundleProbe(join(folder, 'connector-probe.cjs'))
      const viewersProgram = await bundleViewers(join(folder, 'viewers.mjs'))
      const [ready] = await Promise.all([cloud.start(), ...cameras.map((camera) => camera.start())])
      const surroundings: Surroundings = { ...ready, socketUrl: await socketUrl(ready.siteUrl) }
      for (let index = 0; index < connectorCount; index += 1) {
        connectors.push(
          new ConnectorProcess({
            name: `connector ${index}`,
            bundle,
            probe,
            folder: join(folder, `connector-${index}`),
            cloud: surroundings.socketUrl,
            cameras: Object.fromEntries(
              cameras
                .filter(({ plan }) => plan.connector === index)
                .map(({ plan, url }) => [plan.name, { url, maxCalls: plan.maxCalls }]),
            ),
            transcript,
          }),
        )
      }
      for (const connector of connectors) {
        await connector.start()
        await pairBox(surroundings, await connector.pairingLink)
        await connector.up
      }
      const requests = await asOwner(surroundings)
      requests.close()
      return new Home({
        folder,
        viewersProgram,
        cloud,
        cameras,
        connectors,
        surroundings,
        ids: requests.cameras,
      })
    } catch (error) {
      await stop()
      throw error
    }
  }

  /** Ids of the cameras by name. */
  get cameraIds(): ReadonlyMap<string, string> {
    return this.#ids
  }

  get surroundings(): Surroundings {
    return this.#surroundings
  }

  /** By its place in the layout. */
  cameraAt(index: number): { readonly id: string; readonly process: CameraProcess } {
    const process = this.cameras[index]
    const id = process && this.#ids.get(process.plan.name)
    if (process === undefined || id === undefined) throw new Error(`there is no camera ${index}`)
    return { id, process }
  }

  async startCloudAgain(): Promise<Surroundings> {
    const ready = await this.cloud.start()
    this.#surroundings = { ...this.#surroundings, ...ready }
    return this.#surroundings
  }

  async signOwnerIn(): Promise<void> {
    const { siteUrl, signInLink } = this.#surroundings
    await signIn(siteUrl, signInLink)
  }

  /** The secret of a link for one guest, and the device that it names. */
  async inviteGuest(camera: string): Promise<{ readonly secret: string; readonly device: string }> {
    const secret = randomBytes(16).toString('base64url')
    const requests = await asOwner(this.#surroundings)
    const result = await requests.ask({
      op: 'grant-by-link',
      camera,
      hash: secretHash(secret),
      label: 'a guest of the soak',
      until: Date.now() + GUESTS_FOR_MS,
      max: 2,
    })
    requests.close()
    if (result.kind !== 'done') throw new Error(`no guest link: ${result.code}`)
    return { secret, device: splitCameraId(camera).device }
  }

  /** Starts another card with the same key beside the one that there is; `keep` says which is left. */
  async addClone(index: number): Promise<readonly ConnectorProcess[]> {
    const older = this.connectors[index]
    if (older === undefined) throw new Error(`there is no connector ${index}`)
    this.#clones += 1
    const clone = older.clone(join(this.#folder, `card-${this.#clones}`))
    this.#cards = [older, clone]
    await clone.start()
    return this.#cards
  }

  async keep(index: number, kept: ConnectorProcess): Promise<void> {
    this.connectors[index] = kept
    for (const card of this.#cards) if (card !== kept) await card.stop()
    this.#cards = []
  }

  async stop(): Promise<void> {
    await Promise.all([...this.connectors, ...this.#cards].map((connector) => connector.stop()))
    await Promise.all([...this.cameras, this.cloud].map((one) => one.stop()))
    rmSync(this.#folder, { recursive: true, force: true })
  }
}

async function asOwner({ siteUrl, socketUrl, signInLink }: Surroundings) {
  return openRequests(socketUrl, (await signIn(siteUrl, signInLink)).idToken)
}
