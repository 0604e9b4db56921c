import { afterEach, describe, expect, test } from 'vitest'
import type { Candidate } from '../../protocol/ice.ts'
import type { Camera, CameraEvent, CameraSession } from '../cameras/camera-port.ts'
import { Mailbox } from './mailbox.ts'

/** The camera's end of one session, in words that fit every kind of camera. */
export interface StagedSession {
  offer(sdp: string): void
  gather(candidate: Candidate): void
  finishGathering(): void
  say(text: string): void
  close(): void
  heardAnswer(): Promise<string>
  heardCandidate(): Promise<Candidate>
  heardHangup(): Promise<void>
  readonly closed: Promise<unknown>
}

export interface Stage {
  readonly camera: Camera
  /** The next session that is asked for an offer. */
  nextSession(): Promise<StagedSession>
  /** Takes the camera off the network. */
  leave(): Promise<void>
}

const candidate: Candidate = {
  candidate: 'candidate:1 1 udp 1 10.0.0.2 5000 typ host',
  sdpMid: '0',
  sdpMLineIndex: 0,
}

/** What every kind of camera must do behind the port. */
export function describeCamera(kind: string, setUp: () => Promise<Stage>): void {
  describe(`${kind} as a camera`, () => {
    const stages: Stage[] = []
    const begin = async () => {
      const stage = await setUp()
      stages.push(stage)
      return stage
    }
    afterEach(async () => {
      for (const stage of stages.splice(0)) await stage.leave()
    })

    test('asks for an offer, and passes on what comes', async () => {
      const stage = await begin()
      const { session, events } = open(stage.camera)
      const staged = await stage.nextSession()
      staged.offer('v=0\r\n')
      staged.gather(candidate)
      staged.finishGathering()
      expect(await events.next()).toEqual({ type: 'connected' })
      expect(await events.next()).toEqual({ type: 'offer', sdp: 'v=0\r\n' })
      expect(await events.next()).toEqual({ type: 'candidates', candidates: [candidate], done: false })
      expect(await events.next()).toEqual({ type: 'candidates', candidates: [], done: true })
      session.answer('v=0\r\na=answer\r\n')
      session.addCandidate(candidate)
      expect(await staged.heardAnswer()).toBe('v=0\r\na=answer\r\n')
      expect(await staged.heardCandidate()).toEqual(candidate)
    })

    test('a hangup tells the camera, closes, and is reported once, however often it is said', async () => {
      const stage = await begin()
      const { session, events } = open(stage.camera)
      const staged = await stage.nextSession()
      await events.next()
      session.hangup()
      session.hangup()
      await staged.heardHangup()
      await staged.closed
      expect(await events.next()).toMatchObject({ type: 'closed' })
      session.hangup()
      session.answer('v=0')
      session.addCandidate(candidate)
      expect(events.rest()).toEqual([])
    })

    test('a hangup before the camera was reached ends it as well', async () => {
      const stage = await begin()
      const { session, events } = open(stage.camera)
      session.hangup()
      expect(await events.next()).toMatchObject({ type: 'closed' })
    })

    test('two sessions do not know of each other', async () => {
      const stage = await begin()
      const first = open(stage.camera)
      const stagedFirst = await stage.nextSession()
      const second = open(stage.camera)
      const stagedSecond = await stage.nextSession()
      first.session.hangup()
      await stagedFirst.closed
      stagedSecond.offer('v=0\r\nsecond')
      expect(await second.events.next()).toEqual({ type: 'connected' })
      expect(await second.events.next()).toEqual({ type: 'offer', sdp: 'v=0\r\nsecond' })
      expect(await first.events.next(({ type }) => type === 'closed')).toBeDefined()
    })

    test('its words and its own close are reported', async () => {
      const stage = await begin()
      const { events } = open(stage.camera)
      const staged = await stage.nextSession()
      staged.say('I am tired')
      staged.close()
      expect(await events.next(({ type }) => type === 'message')).toEqual({
        type: 'message',
        text: 'I am tired',
      })
      expect(await events.next(({ type }) => type === 'closed')).toBeDefined()
    })

    test('is seen while it is there, and not when it is gone', async () => {
      const stage = await begin()
      expect(await stage.camera.probe()).toBe(true)
      await stage.leave()
      stages.splice(0)
      expect(await stage.camera.probe()).toBe(false)
      const { session, events } = open(stage.camera)
      expect(await events.next()).toMatchObject({ type: 'failed', code: 'camera-unreachable' })
      session.hangup()
      expect(events.rest()).toEqual([])
    })
  })
}

function open(camera: Camera): { session: CameraSession; events: Mailbox<CameraEvent> } {
  const events = new Mailbox<CameraEvent>()
  let returned = false
  const session = camera.open((event) => {
    expect(returned, 'reported before open had returned').toBe(true)
    events.put(event)
  })
  returned = true
  return { session, events }
}
