import { whenOrphaned } from '../programs/when-orphaned.ts'
import { parseFlags, USAGE } from './flags.ts'
import {
  type SimulatedCamera,
  type SimulatedCameraOptions,
  startSimulatedCamera,
} from './simulated-camera.ts'
import { type CameraStatus, STATUS } from './status.ts'

const flags = parseFlags(process.argv.slice(2))
if (flags.kind === 'wrong') stop(2, `${flags.problem} (--help lists the flags)`)
else if (flags.kind === 'help') process.stdout.write(USAGE)
else await run(flags.options, flags.json)

async function run(options: SimulatedCameraOptions, json: boolean): Promise<void> {
  const camera = await startSimulatedCamera(options).catch((error: unknown) =>
    stop(1, reasonOf(error, options)),
  )
  const ready = json
    ? JSON.stringify({ event: 'ready', url: camera.url })
    : `Simulated UV4L camera "${options.name}" at ${camera.url}`
  process.stdout.write(`${ready}\n`)

  // libwebrtc's threads would keep the process: it has to be ended.
  const close = () => camera.close().finally(() => process.exit(0))
  process.once('SIGTERM', close)
  process.once('SIGINT', close)
  // Where a parent started it with a channel, it does not outlive that parent.
  process.once('disconnect', close)
  process.on('message', (message) => {
    if (message === STATUS) process.send?.(statusOf(camera))
  })
  whenOrphaned(() => void close())
}

function statusOf({ sessions, served, sockets, abandoned }: SimulatedCamera): CameraStatus {
  return {
    event: 'status',
    sessions: sessions(),
    served: served(),
    sockets: sockets(),
    abandoned: abandoned(),
  }
}

function reasonOf(error: unknown, { port, host }: SimulatedCameraOptions): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'EADDRINUSE') return `Port ${port} is taken: choose another with --port, or stop what uses it`
  if (code === 'EACCES') return `Port ${port} is not open to this user: choose one above 1023 with --port`
  return `Cannot listen on ${host}: ${error instanceof Error ? error.message : String(error)}`
}

function stop(exitCode: number, line: string): never {
  process.stderr.write(`${line}\n`)
  process.exit(exitCode)
}
