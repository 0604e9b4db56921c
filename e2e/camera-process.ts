import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { readJsonLine } from '../local/programs/json-line.ts'
import { openTranscript } from './transcripts.ts'

const MAIN = new URL('../local/simulated-camera/main.ts', import.meta.url).pathname

export interface CameraProcess {
  readonly url: string
  /** It ends as when its plug is pulled. */
  kill(): Promise<void>
  /** After that, at the same address; resolves when it can be called, with the time. */
  startAgain(): Promise<number>
  stop(): Promise<void>
}

interface Running {
  readonly child: ChildProcess
  readonly exited: Promise<void>
  readonly url: string
}

/** A simulated camera that is a program of its own. */
export async function spawnCamera(name: string): Promise<CameraProcess> {
  const transcript = openTranscript('simulated-camera')
  let program = await start('0')
  const { url } = program

  async function start(port: string): Promise<Running> {
    const child = spawn(process.execPath, [MAIN, '--json', '--name', name, '--port', port], {
      // Its channel ends it with this process.
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    })
    const ready = Promise.withResolvers<string>()
    const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()))
    void exited.then(() => ready.reject(new Error('the camera ended before it was ready')))
    if (child.stdout === null) throw new Error('a process without its pipes')
    createInterface({ input: child.stdout }).on('line', (line) => {
      transcript(line)
      const said = readJsonLine(line)
      if (said['event'] === 'ready') ready.resolve(String(said['url']))
    })
    return { child, exited, url: await ready.promise }
  }

  function end(signal: NodeJS.Signals): Promise<void> {
    program.child.kill(signal)
    return program.exited
  }

  return {
    url,
    kill: () => end('SIGKILL'),
    async startAgain() {
      program = await start(new URL(url).port)
      return Date.now()
    },
    stop: () => end('SIGTERM'),
  }
}
