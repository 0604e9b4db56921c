import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { bundleConnector } from './bundle.ts'
import { NODE_18, runBundle } from './testing/run-bundle.ts'
import { startScriptedUv4l } from './testing/scripted-uv4l.ts'
import { SELF_SIGNED } from './testing/self-signed.ts'

let folder: string
let bundle: string
let names: string
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'mihari-bundle-'))
  bundle = await bundleConnector(join(folder, 'mihari-connector.cjs'))
  names = join(folder, 'names.cjs')
  // Every name is that of this machine, and IPv6 comes first, as in many an /etc/hosts.
  writeFileSync(
    names,
    `const addresses = [{ address: '::1', family: 6 }, { address: '127.0.0.1', family: 4 }]
    const [first] = addresses
    require('node:dns').lookup = (_name, { all }, done) =>
      process.nextTick(() => (all ? done(null, addresses) : done(null, first.address, first.family)))`,
  )
})
afterAll(() => rmSync(folder, { recursive: true }))

const undo: (() => unknown)[] = []
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step()
})

describe.each([
  ['the Node of a Raspberry Pi', NODE_18],
  ['the present Node', process.execPath],
])('under %s, a name of several addresses is reached where somebody listens', (_title, node) => {
  function run(cloudPort: number, cameraUrl: string) {
    const file = join(mkdtempSync(join(folder, 'home-')), 'connector.yaml')
    const trust = cameraUrl.startsWith('wss') ? '\n    tls: { allowSelfSigned: true }' : ''
    writeFileSync(file, `cameras:\n  porch:\n    url: ${cameraUrl}${trust}\n`)
    const flags = ['--cloud', `ws://cloud.test:${cloudPort}`, '--config', file, '--health-port', 'off']
    const data = mkdtempSync(join(folder, 'data-'))
    const connector = runBundle(['--require', names, bundle], [...flags, '--data', data], { node })
    undo.push(async () => {
      connector.kill('SIGTERM')
      await connector.exited
    })
    return connector
  }

  test('as the cloud is', async () => {
    const server = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1')
    undo.push(() => server.close())
    await once(server, 'listening')
    const taken = once(server, 'connection')
    run((server.address() as AddressInfo).port, 'ws://127.0.0.1:9')
    await taken
  })

  test.each(['ws', 'wss'])('as a camera is (%s)', async (scheme) => {
    const uv4l = await startScriptedUv4l(scheme === 'wss' ? { tls: SELF_SIGNED } : {})
    undo.push(() => uv4l.stop())
    const connector = run(9, uv4l.url.replace('127.0.0.1', 'porch.test'))
    expect(await connector.log.next(({ event }) => event === 'camera-state')).toMatchObject({
      state: 'ready',
    })
  })
})
