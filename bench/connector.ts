import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { type HeadlessCall, watchHeadless } from '../e2e/headless-viewer.ts'
import { connectViewer, type WireClient } from '../e2e/wire-client.ts'
import { systemClock } from '../local/clock.ts'
import { type BoxCloud, pairBox, readPairingLink } from '../local/home/pair-box.ts'
import { signIn } from '../local/identity/sign-in-client.ts'
import { readJsonLine } from '../local/programs/json-line.ts'
import { startSimulatedCamera } from '../local/simulated-camera/simulated-camera.ts'
import { socketUrl, startBackend } from '../local/start-mihari.ts'
import { summarize } from './statistics.ts'

const PROJECT = resolve(import.meta.dirname, '..')
/** What a Pi with its distribution's packages runs. */
const PI_NODE = join(PROJECT, 'edge-connector/pi-node/node_modules/node/bin/node')
const BUNDLE = join(PROJECT, 'dist/connector/mihari-connector.cjs')
const CALLS = 10
const STARTS = 5
/** Memory is read after the calls have been playing for a while. */
const SETTLE_MS = 5_000

/** Memory of the bundled connector on the Pi's Node with ten calls, and its time from start to connected. */
export async function benchConnector({ say }: { readonly say: (line: string) => void }) {
  const folder = mkdtempSync(join(tmpdir(), 'mihari-bench-'))
  const camera = await startSimulatedCamera({ name: 'bench', maxStreams: CALLS })
  const cloud = await startBackend({
    port: 0,
    dataFolder: folder,
    latencyMs: 0,
    clock: systemClock,
    log: () => {},
    report: say,
  })
  const socket = await socketUrl(cloud.url)
  const owner = {
    siteUrl: cloud.url,
    socketUrl: socket,
    signInLink: cloud.identity?.signInLink ?? '',
  }
  const configuration = join(folder, 'connector.yaml')
  writeFileSync(
    configuration,
    JSON.stringify({
      cloud: socket,
      data: join(folder, 'connector'),
      healthPort: 'off',
      cameras: { bench: { url: camera.url, maxCalls: CALLS } },
    }),
  )
  try {
    const { idToken } = await signIn(owner.siteUrl, owner.signInLink)
    // Not measured: the first start is the one that is paired.
    await end((await startConnector(configuration, owner)).child)
    const starts: number[] = []
    for (let start = 0; start < STARTS; start += 1) {
      const { child, connectedAfterMs } = await startConnector(configuration, owner)
      starts.push(connectedAfterMs)
      await end(child)
    }
    const { child } = await startConnector(configuration, owner)
    const idleMb = residentMb(child)
    const viewers = await Promise.all(Array.from({ length: CALLS }, () => watch(socket, idToken)))
    await new Promise((done) => setTimeout(done, SETTLE_MS))
    const playing = await Promise.all(viewers.map(({ call }) => call.nextCaptureTime()))
    const withCallsMb = residentMb(child)
    for (const { call, client } of viewers) {
      call.hangUp()
      client.close()
    }
    await end(child)

    const connected = summarize(starts)
    say(
      `start to connected: median ${connected.median.toFixed(0)} ms (at most ${connected.max.toFixed(0)} ms)`,
    )
    say(
      `resident memory: ${idleMb.toFixed(1)} MB idle, ${withCallsMb.toFixed(1)} MB with ${playing.length} calls playing`,
    )
    return {
      startToConnectedMs: Math.round(connected.median),
      startToConnectedMaxMs: Math.round(connected.max),
      idleMb: Math.round(idleMb * 10) / 10,
      rssMb: Math.round(withCallsMb * 10) / 10,
      calls: playing.length,
    }
  } finally {
    await cloud.close()
    await camera.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function watch(socket: string, idToken: string): Promise<{ client: WireClient; call: HeadlessCall }> {
  const { client, cameras } = await connectViewer(socket, idToken)
  const call = await watchHeadless(client, cameras.get('bench') ?? '')
  await call.nextCaptureTime()
  return { client, call }
}

async function startConnector(
  configuration: string,
  owner: BoxCloud,
): Promise<{ child: ChildProcess; connectedAfterMs: number }> {
  const startedAt = performance.now()
  const child = spawn(PI_NODE, [BUNDLE, '--config', configuration], {
    // The channel ends it with this process, however that ends.
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
  await new Promise<void>((connected, failed) => {
    if (child.stdout === null) return failed(new Error('a connector without output'))
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (readJsonLine(line)['event'] === 'cloud-up') connected()
    })
    child.on('message', (message) => {
      const link = readPairingLink(message)
      if (link !== undefined) pairBox(owner, link).catch(failed)
    })
    child.once('exit', (code) => failed(new Error(`the connector ended with ${code}`)))
  })
  return { child, connectedAfterMs: performance.now() - startedAt }
}

function residentMb(child: ChildProcess): number {
  const status = readFileSync(`/proc/${child.pid}/status`, 'utf8')
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024
}

async function end(child: ChildProcess): Promise<void> {
  const exited = new Promise((resolved) => child.once('exit', resolved))
  child.kill('SIGTERM')
  await exited
}
