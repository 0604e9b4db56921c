import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { WebSocketServer } from 'ws'
import { bundleConnector } from './bundle.ts'
import { runBundle } from './testing/run-bundle.ts'
import { startScriptedUv4l } from './testing/scripted-uv4l.ts'
import { type Home, type HomeOptions, startHome } from './testing/start-home.ts'

const id = (n: number) => String(n).padStart(22, 'A')
const hangup = { type: 'hangup', call: id(1), reason: 'connector-stopped' }

let folder: string
let bundle: string
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'mihari-bundle-'))
  bundle = await bundleConnector(join(folder, 'mihari-connector.cjs'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const undo: (() => unknown)[] = []
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step()
})
async function start(cameras: Readonly<Record<string, string>>, options?: HomeOptions): Promise<Home> {
  const home = await startHome(bundle, cameras, options)
  undo.push(() => home.stop())
  return home
}
async function startCalling(options?: HomeOptions) {
  const uv4l = await startScriptedUv4l()
  undo.push(() => uv4l.stop())
  const home = await start({ porch: uv4l.url }, options)
  home.call(id(1), 'porch')
  const session = await uv4l.sessions.next()
  await session.received.next(({ what }) => what === 'call')
  return { home, session }
}

/** Something that takes connections and never says a word. */
async function startMute(): Promise<{ readonly port: number; readonly taken: Promise<unknown> }> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => sockets.add(socket.on('error', () => {}))).listen(0, '127.0.0.1')
  undo.push(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  const taken = once(server, 'connection')
  await once(server, 'listening')
  return { port: (server.address() as AddressInfo).port, taken }
}

/** What a program in the place of systemd's was to say; `then` is what it does after that. */
function replaceSystemdNotify(then = '') {
  const place = mkdtempSync(join(folder, 'path-'))
  const file = join(place, 'systemd-notify')
  writeFileSync(file, `#!/bin/sh\necho "$*" >> ${place}/said\n${then}\n`)
  chmodSync(file, 0o755)
  writeFileSync(join(place, 'said'), '')
  return {
    env: { PATH: `${place}:${process.env['PATH']}`, NOTIFY_SOCKET: join(place, 'socket') },
    said: () => readFileSync(join(place, 'said'), 'utf8').trim().split('\n'),
  }
}

describe('systemd', () => {
  test('is told that it is ready, how the link is, that it lives, and that it stops', async () => {
    const { env, said } = replaceSystemdNotify()
    const { home } = await startCalling({ env: { ...env, WATCHDOG_USEC: '200000' } })
    await vi.waitFor(() => expect(said()).toContain('READY=1 STATUS=the cloud is up'), 5_000)
    expect(said()).toContain('READY=1 STATUS=the cloud is down; running pictures go on')
    await vi.waitFor(
      () => expect(said().filter((line) => line === 'WATCHDOG=1').length).toBeGreaterThan(3),
      5_000,
    )
    home.connector.kill('SIGTERM')
    expect(await home.connector.exited).toBe(0)
    await vi.waitFor(() => expect(said()).toContain('STOPPING=1 STATUS=hanging up'), 5_000)
  })

  test('is told that it is ready where there is no cloud: a home without a line is not started again', async () => {
    const { env, said } = replaceSystemdNotify()
    const data = mkdtempSync(join(folder, 'data-'))
    const flags = ['--cloud', 'ws://127.0.0.1:9', '--camera', 'a=ws://127.0.0.1:9', '--data', data]
    const run = runBundle(bundle, [...flags, '--health-port', 'off'], { env })
    await vi.waitFor(() => expect(said()[0]).toMatch(/^READY=1/), 5_000)
    run.kill('SIGTERM')
    expect(await run.exited).toBe(0)
  })

  test('that cannot be told is noted once, and a call goes on as ever', async () => {
    const { env, said } = replaceSystemdNotify('exit 1')
    const { home, session } = await startCalling({ env: { ...env, WATCHDOG_USEC: '200000' } })
    await home.connector.log.next(({ event }) => event === 'service-manager')
    await vi.waitFor(() => expect(said().length).toBeGreaterThan(4), 5_000)
    expect(home.connector.log.rest().filter(({ event }) => event === 'service-manager')).toEqual([])
    home.connector.kill('SIGTERM')
    expect(await session.received.next()).toEqual({ what: 'hangup' })
    expect(await home.connector.exited).toBe(0)
  })

  test('that has not started it is told nothing', async () => {
    const { env, said } = replaceSystemdNotify()
    await startCalling({ env: { PATH: env.PATH, NOTIFY_SOCKET: undefined } })
    expect(said()).toEqual([''])
  })
})

describe('at SIGTERM every call is hung up, and it leaves with 0 within 3 s', () => {
  async function stopped({ connector }: Pick<Home, 'connector'>): Promise<void> {
    const began = performance.now()
    connector.kill('SIGTERM')
    expect(await connector.exited).toBe(0)
    expect(performance.now() - began).toBeLessThan(3_000)
    expect(connector.errors()).toBe('')
  }

  test('while the cloud cannot be reached', async () => {
    const { home, session } = await startCalling()
    await home.cloud.stop()
    await home.connector.log.next(({ event }) => event === 'cloud-down')
    await stopped(home)
    expect(await session.received.next()).toEqual({ what: 'hangup' })
    await session.closed
  })

  test('while the cloud takes the connection and says nothing', async () => {
    const { port, taken } = await startMute()
    const data = mkdtempSync(join(folder, 'data-'))
    const flags = ['--cloud', `ws://127.0.0.1:${port}`, '--camera', 'a=ws://127.0.0.1:9', '--data', data]
    const connector = runBundle(bundle, [...flags, '--health-port', 'off'])
    await taken
    await stopped({ connector })
  })

  test('or by the signal itself, while names are looked up of which nobody knows anything', async () => {
    // Whoever asks for a name without a dot reads this file first, and nobody ever writes to it.
    const aliases = join(mkdtempSync(join(folder, 'names-')), 'aliases')
    execFileSync('mkfifo', [aliases])
    const data = mkdtempSync(join(folder, 'data-'))
    const flags = ['--cloud', 'ws://mihari-cloud', '--camera', 'a=ws://127.0.0.1:9', '--data', data]
    const connector = runBundle(bundle, [...flags, '--health-port', 'off'], {
      env: { HOSTALIASES: aliases },
    })
    await connector.log.next(({ event }) => event === 'cloud-lost')
    const began = performance.now()
    connector.kill('SIGTERM')
    expect([null, 0]).toContain(await connector.exited)
    expect(performance.now() - began).toBeLessThan(3_000)
  })

  test('[R46] while the next connection is being made, with both closed', async () => {
    const { home, session } = await startCalling()
    home.link.send({ type: 'welcome', protocol: 1, device: home.link.device, paired: true, rollOverMs: 1 })
    const next = await home.cloud.links.next()
    await next.received.next(({ type }) => type === 'hello')
    await stopped(home)
    expect(await session.received.next()).toEqual({ what: 'hangup' })
    expect(await home.link.received.next(({ type }) => type === 'hangup')).toEqual(hangup)
    expect(await Promise.all([home.link.closed, next.closed])).toEqual([1000, 1000])
  })

  test('[R46] after a rollover, with both closed', async () => {
    const { home } = await startCalling()
    home.link.send({ type: 'welcome', protocol: 1, device: home.link.device, paired: true, rollOverMs: 1 })
    const next = await home.cloud.links.next()
    await next.received.next(({ type }) => type === 'hello')
    next.welcome()
    await home.connector.log.next(({ event }) => event === 'cloud-next')
    await stopped(home)
    expect(await next.received.next(({ type }) => type === 'hangup')).toEqual(hangup)
    expect(await Promise.all([home.link.closed, next.closed])).toEqual([1000, 1000])
  })

  test('while a camera hangs in a call', async () => {
    const camera = new WebSocketServer({ port: 0, host: '127.0.0.1' })
    undo.push(() => {
      for (const client of camera.clients) client.terminate()
      camera.close()
    })
    const opened = once(camera, 'connection')
    await once(camera, 'listening')
    const home = await start({ porch: `ws://127.0.0.1:${(camera.address() as AddressInfo).port}` })
    home.call(id(1), 'porch')
    const [session] = await opened
    session.pause()
    await home.connector.log.next(({ event }) => event === 'call-calling')
    await stopped(home)
    expect(await home.link.received.next(({ type }) => type === 'hangup')).toEqual(hangup)
  })

  test('while a camera hangs before it takes the call', async () => {
    const { port, taken } = await startMute()
    const home = await start({ porch: `ws://127.0.0.1:${port}` })
    home.call(id(1), 'porch')
    await taken
    await home.connector.log.next(({ event }) => event === 'call-opening')
    await stopped(home)
    expect(await home.link.received.next(({ type }) => type === 'hangup')).toEqual(hangup)
  })
})
