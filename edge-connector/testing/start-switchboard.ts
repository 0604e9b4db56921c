import type { IncomingCall } from '../../protocol/call.ts'
import type { CallMessage } from '../calls/call-message.ts'
import { Switchboard } from '../calls/switchboard.ts'
import { createFakeCamera } from './fake-camera.ts'
import { createFakeClock } from './fake-clock.ts'

export const device = 'D'.repeat(43)
export const id = (n: number) => String(n).padStart(22, 'A')
export const sdp = `v=0\r\na=fingerprint:sha-256 ${Array.from({ length: 32 }, () => 'AB').join(':')}\r\n`

export type SwitchboardHome = Awaited<ReturnType<typeof startSwitchboard>>

/** A switchboard with two cameras in memory, the link to the cloud up. */
export async function startSwitchboard(maxCalls = 2) {
  const porch = createFakeCamera()
  const garden = createFakeCamera()
  const clock = createFakeClock()
  const sent: CallMessage[] = []
  const lines: string[] = []
  const board = new Switchboard({
    device,
    cameras: [
      { name: 'porch', maxCalls, camera: porch },
      { name: 'garden', maxCalls, camera: garden },
    ],
    clock,
    random: () => 0.5,
    log: (_level, event, _message, fields) =>
      lines.push(`${event} ${fields?.['detail'] ?? fields?.['reason']}`),
    send: (message) => sent.push(message),
    signOffer: ({ call }) => `signature of ${call}`,
    changed: () => {},
  })
  board.linkChanged(true)
  await board.looked
  const cameraOf = (name: string) => `${device}.${name}`
  return {
    ...{ porch, garden, clock, sent, lines, board },
    call(n: number, name = 'porch', as: Partial<IncomingCall> = {}) {
      board.take({ type: 'call', call: id(n), camera: cameraOf(name), who: 'local', role: 'owner', ...as })
    },
    answer: (n: number, name = 'porch') =>
      board.take({ type: 'answer', call: id(n), camera: cameraOf(name), sdp, candidates: [] }),
    alive: (n: number, name = 'porch') => board.take({ type: 'alive', call: id(n), camera: cameraOf(name) }),
    resume: (n: number, name = 'porch') =>
      board.take({ type: 'resume', call: id(n), camera: cameraOf(name) }),
    hangup: (n: number) => board.take({ type: 'hangup', call: id(n), reason: 'viewer-left' }),
    running: () => board.calls().map((live) => live.id),
    states: () => Object.fromEntries(board.cameras().map(({ name, state }) => [name, state])),
  }
}
