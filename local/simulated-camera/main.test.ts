import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, it } from 'vitest'
import { startSimulatedCamera } from './simulated-camera.ts'
import { STATUS } from './status.ts'
import { connectUv4l } from './testing/uv4l-client.ts'

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url))

const children: ChildProcess[] = []

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})

describe('the program', () => {
  it('says in one JSON object when it is ready, and ends cleanly on SIGTERM with a session running', async () => {
    const { child, exit, stdout } = start('--port', '0', '--json')
    const ready = JSON.parse(await stdout.line)
    expect(ready).toEqual({
      event: 'ready',
      url: expect.stringMatching(/^ws:\/\/127\.0\.0\.1:\d+\/stream\/webrtc$/),
    })
    const client = await connectUv4l(ready.url)
    client.send({ what: 'call', options: { trickle_ice: true } })
    await client.next('offer')
    child.kill('SIGTERM')
    expect(await exit).toBe(0)
    await client.closed
  })

  it('says in one line for people when it is ready, and ends with its parent', async () => {
    const { child, exit, stdout } = start('--port', '0', '--name', 'porch')
    expect(await stdout.line).toMatch(/^Simulated UV4L camera "porch" at ws:/)
    child.disconnect()
    expect(await exit).toBe(0)
  })

  it('tells its parent how many watch, when asked', async () => {
    const { child, stdout } = start('--port', '0', '--json')
    const ready = JSON.parse(await stdout.line)
    const client = await connectUv4l(ready.url)
    client.send({ what: 'call', options: { trickle_ice: true } })
    await client.next('offer')
    const told = once(child, 'message')
    child.send(STATUS)
    expect(await told).toEqual([
      { event: 'status', sessions: 1, served: 1, sockets: 1, abandoned: 0 },
      undefined,
    ])
    client.vanish()
  })

  it('says what is wrong with a flag in one line and exits with 2', async () => {
    const { exit, stderr } = start('--prot', '4300')
    expect(await exit).toBe(2)
    expect(stderr.text).toMatch(/^[^\n]*--prot[^\n]*\n$/)
  })

  it('says what to do about a taken port and exits with 1', async () => {
    const other = await startSimulatedCamera()
    const { exit, stderr } = start('--port', String(other.port))
    expect(await exit).toBe(1)
    expect(stderr.text).toBe(
      `Port ${other.port} is taken: choose another with --port, or stop what uses it\n`,
    )
    await other.close()
  })

  it('lists its flags', async () => {
    const { exit, stdout } = start('--help')
    expect(await exit).toBe(0)
    expect(stdout.text).toContain('--sticky-busy')
  })
})

function start(...args: string[]) {
  const child = spawn(process.execPath, [MAIN, ...args], { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] })
  children.push(child)
  const [stdout, stderr] = [collect(child.stdout), collect(child.stderr)]
  // Not `close`, which Node keeps back after a disconnect.
  const exit = Promise.all([once(child, 'exit'), stdout.ended, stderr.ended]).then(([[code]]) => code)
  return { child, exit, stdout, stderr }
}

interface Output {
  text: string
  readonly line: Promise<string>
  readonly ended: Promise<unknown>
}

function collect(stream: NodeJS.ReadableStream | null): Output {
  if (!stream) throw new Error('the program was started without this pipe')
  const line = Promise.withResolvers<string>()
  const output: Output = { text: '', line: line.promise, ended: once(stream, 'end') }
  stream.on('data', (chunk: Buffer) => {
    output.text += chunk
    const [first, ...rest] = output.text.split('\n')
    if (rest.length > 0 && first !== undefined) line.resolve(first)
  })
  return output
}
