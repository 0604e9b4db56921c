import { ASKED_ALIVE_TIMEOUT_MS } from '../protocol/alive.ts'
import { BOUND_MS } from './bounds.ts'
import { touches } from './burst.ts'
import type { SoakFault } from './faults.ts'
import { CAMERAS, KNOCKER, VIEWERS } from './layout.ts'
import type { Stage } from './perform-fault.ts'
import { rest } from './rest.ts'
import type { CallFacts } from './viewers/messages.ts'

/** Whoever calls has a picture by then, or has been told why not: who sits at a full camera is asked first [R49]. */
const ANSWER_MS = ASKED_ALIVE_TIMEOUT_MS + BOUND_MS
const POLL_MS = 200

/** Somebody more calls a camera, stays for a while, and goes again; rejects when that came to nothing. */
export async function knock(
  { camera, forMs }: Extract<SoakFault, { on: 'knocker' }>,
  { home, cast, viewers, around, patience }: Stage,
): Promise<void> {
  const { id, process } = home.cameraAt(camera)
  const { name } = process.plan
  const startedAt = performance.now()
  await cast.do(KNOCKER, { kind: 'call', camera: id })
  await rest(forMs)
  let call: CallFacts | undefined
  for (;;) {
    call = (await viewers.facts())[KNOCKER]?.calls.find((one) => one.camera === id)
    if (isOver(call) || performance.now() - startedAt > ANSWER_MS * patience) break
    await rest(POLL_MS)
  }
  await cast.do(KNOCKER, { kind: 'leave' })
  if (isAnswered(name, call) || around.some((fault) => touches(fault, name))) return
  const what = `${call?.phase ?? 'no call'} (${call?.why ?? `${call?.frames ?? 0} frames`})`
  throw new Error(`who knocked at ${name} had ${what} after ${Math.round(performance.now() - startedAt)} ms`)
}

function isOver(call: CallFacts | undefined): boolean {
  return call !== undefined && (hasPicture(call) || call.phase === 'failed' || call.phase === 'ended')
}

/** Where all who watch leave a place, there is no reason not to see. */
export function isAnswered(
  camera: string,
  call: Pick<CallFacts, 'phase' | 'why' | 'frames'> | undefined,
): boolean {
  if (call === undefined) return false
  if (hasPicture(call)) return true
  const places = CAMERAS.find(({ name }) => name === camera)?.maxCalls ?? 0
  const isFull = VIEWERS.filter((viewer) => viewer.camera === camera).length >= places
  return isFull && call.phase === 'failed' && call.why === 'camera-busy'
}

function hasPicture({ phase, frames }: Pick<CallFacts, 'phase' | 'frames'>): boolean {
  return phase === 'playing' && frames > 0
}
