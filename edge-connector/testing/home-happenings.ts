import fc from 'fast-check'
import type { IncomingCall } from '../../protocol/call.ts'
import type { CameraEvent } from '../cameras/camera-port.ts'
import { assertNever } from '../lifecycle/assert-never.ts'
import { device, id, type SwitchboardHome, sdp } from './start-switchboard.ts'

/** What may happen to a home at any moment. */
export type Happening =
  | { readonly what: 'call'; readonly message: IncomingCall }
  | {
      readonly what: 'say'
      readonly word: 'answer' | 'alive' | 'resume' | 'candidates'
      readonly call: string
    }
  | { readonly what: 'end'; readonly by: 'hangup' | 'error' | 'cloud'; readonly call: string }
  | { readonly what: 'camera'; readonly name: Name; readonly session: number; readonly event: CameraEvent }
  | { readonly what: 'link'; readonly up: boolean }
  | { readonly what: 'reachable'; readonly name: Name; readonly reachable: boolean }
  | { readonly what: 'time'; readonly ms: number }
  | { readonly what: 'unpaired' }

export const NAMES = ['porch', 'garden'] as const
type Name = (typeof NAMES)[number]
const names = fc.constantFrom(...NAMES)
const calls = fc.integer({ min: 1, max: 9 }).map(id)
const people = fc.constantFrom<Pick<IncomingCall, 'who' | 'role' | 'link'>>(
  { who: 'owner', role: 'owner' },
  { who: 'viewer', role: 'viewer' },
  { who: 'guest', role: 'guest', link: { grant: 'G'.repeat(22), max: 1 } },
)
const sometimes = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 3 })

const called = fc
  .record({
    person: people,
    call: calls,
    name: names,
    replaces: sometimes(calls),
    takeOver: sometimes(fc.constant(true)),
    leftMs: sometimes(fc.constantFrom(0, 5_000, 3_600_000)),
  })
  .map(({ person, call, name, ...rest }): Happening => {
    const options = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined))
    return {
      what: 'call',
      message: { type: 'call', call, camera: `${device}.${name}`, ...person, ...options },
    }
  })

const camerasWord = fc.constantFrom<CameraEvent>(
  { type: 'connected' },
  { type: 'offer', sdp },
  { type: 'offer', sdp },
  { type: 'candidates', candidates: [], done: true },
  { type: 'message', text: 'too many' },
  { type: 'garbled', detail: '' },
  { type: 'closed', detail: '' },
  { type: 'failed', code: 'camera-unreachable', detail: '' },
)

const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 6, arbitrary: called },
  {
    weight: 4,
    arbitrary: fc.record({
      what: fc.constant('say'),
      word: fc.constantFrom('answer', 'alive', 'resume', 'candidates'),
      call: calls,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      what: fc.constant('end'),
      by: fc.constantFrom('hangup', 'error', 'cloud'),
      call: calls,
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      what: fc.constant('camera'),
      name: names,
      session: fc.nat({ max: 3 }),
      event: camerasWord,
    }),
  },
  { weight: 2, arbitrary: fc.record({ what: fc.constant('link'), up: fc.boolean() }) },
  {
    weight: 1,
    arbitrary: fc.record({ what: fc.constant('reachable'), name: names, reachable: fc.boolean() }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      what: fc.constant('time'),
      ms: fc.constantFrom(1, 20, 1_500, 2_999, 3_000, 30_000, 150_000),
    }),
  },
  { weight: 1, arbitrary: fc.constant<Happening>({ what: 'unpaired' }) },
)

/** Those that begin a call that plays come in their order more often than by chance. */
const plays = fc.record({ call: calls, name: names }).map(({ call, name }): Happening[] => {
  const camera = (event: CameraEvent): Happening => ({ what: 'camera', name, session: 0, event })
  const message = { type: 'call', call, camera: `${device}.${name}`, who: 'viewer', role: 'viewer' } as const
  return [
    { what: 'call', message },
    camera({ type: 'connected' }),
    camera({ type: 'offer', sdp }),
    { what: 'time', ms: 20 },
    { what: 'say', word: 'answer', call },
  ]
})

export const happenings: fc.Arbitrary<Happening[]> = fc
  .array(fc.oneof({ weight: 5, arbitrary: happening.map((one) => [one]) }, { weight: 1, arbitrary: plays }), {
    maxLength: 50,
  })
  .map((several) => several.flat())

export function perform(home: SwitchboardHome, happened: Happening): void {
  const { board, clock } = home
  switch (happened.what) {
    case 'call':
      board.take(happened.message)
      return
    case 'say': {
      const { word: type, call } = happened
      const about = { call, camera: `${device}.porch`, candidates: [] }
      board.take(type === 'answer' ? { ...about, type, sdp } : { ...about, type })
      return
    }
    case 'end': {
      const { call, by } = happened
      if (by === 'cloud') board.endedInCloud([call])
      else if (by === 'hangup') home.board.take({ type: 'hangup', call, reason: 'viewer-left' })
      else board.take({ type: 'error', call, code: 'unknown-call' })
      return
    }
    case 'camera': {
      // The youngest session first; one that has reported its end says nothing more.
      const speaking = home[happened.name].sessions.filter(({ over }) => !over)
      speaking.at(-1 - happened.session)?.report(happened.event)
      return
    }
    case 'link':
      board.linkChanged(happened.up)
      return
    case 'reachable':
      home[happened.name].reachable = happened.reachable
      return
    case 'time':
      clock.advance(happened.ms)
      return
    case 'unpaired':
      board.unpaired()
      return
    default:
      assertNever(happened)
  }
}
