import fc from 'fast-check'
import { expect, it } from 'vitest'
import { ERROR_CODES } from '../../protocol/error-codes.ts'
import { ANSWER, type Household, household } from './testing/household.ts'
import { candidate, GARDEN, PORCH } from './testing/samples.ts'

const cameras = fc.constantFrom(PORCH, GARDEN)

/** What a person, a browser, a network and a host may do at any moment. */
const happening = fc.oneof(
  cameras.map((camera) => (home: Household) => home.viewer.call(camera)),
  cameras.map((camera) => (home: Household) => home.viewer.leave(camera)),
  fc.constant((home: Household) => home.viewer.wake('network')),
  fc.constant((home: Household) => home.viewer.firstFrame(home.call)),
  fc.integer({ min: 1, max: 30_000 }).map((ms) => (home: Household) => home.clock.advance(ms)),
  fc.constantFrom('pause', 'resume', 'close', 'accept').map((act) => (home: Household) => home.cloud[act]()),
  fc.constantFrom(true, false).map((hold) => (home: Household) => home.credentials.hold(hold)),
  fc.constant((home: Household) => home.verdicts.hold()),
  fc.constantFrom('genuine', 'not-genuine').map((kind) => (home: Household) => home.verdicts.give({ kind })),
  fc.boolean().map((dropping) => (home: Household) => home.cloud.drop(dropping)),
  fc.constantFrom(...Object.keys(ERROR_CODES)).map((code) => (home: Household) => {
    if (home.call !== '') home.cloud.say({ type: 'error', code, call: home.call })
  }),
  fc.integer({ min: 1, max: 9 }).map((n) => (home: Household) => {
    if (home.call !== '') home.cloud.say(home.offer({ n }), home.offer({ n: n + 1 }))
  }),
  fc.constant((home: Household) => {
    if (home.call !== '') home.cloud.say({ type: 'hangup', call: home.call, reason: 'camera-closed' })
  }),
  fc
    .constantFrom('connected', 'disconnected', 'connection-failed', 'gathered')
    .map((type) => (home: Household) => home.peers.peers.at(-1)?.emit({ type })),
  fc
    .integer({ min: 1, max: 9 })
    .map(
      (n) => (home: Household) =>
        home.peers.peers.at(-1)?.emit({ type: 'candidate', candidate: candidate(n) }),
    ),
  fc.constant((home: Household) => home.peers.peers.at(-1)?.emit({ type: 'answered', sdp: ANSWER })),
)

it('[R10] whatever happens in whatever order, every connection belongs to a running call, and a new call plays', () => {
  fc.assert(
    fc.property(fc.array(happening, { maxLength: 60 }), (happenings) => {
      const home = household()
      home.start()
      for (const happen of happenings) {
        happen(home)
        expect(openPeers(home)).toEqual(runningCalls(home))
      }
      heal(home)
      for (const camera of [PORCH, GARDEN]) home.viewer.leave(camera)
      expect(openPeers(home)).toEqual([])
      home.viewer.call(PORCH)
      home.cloud.say(home.offer())
      home.peers.last.emit({ type: 'answered', sdp: ANSWER })
      home.viewer.firstFrame(home.call)
      expect(home.state(PORCH).phase).toBe('playing')
    }),
    { seed: 20261121, numRuns: 500 },
  )
})

function openPeers(home: Household): string[] {
  return home.peers.peers
    .filter(({ told }) => told.at(-1) !== 'close')
    .map(({ call }) => call)
    .sort()
}

function runningCalls(home: Household): string[] {
  return [...home.snapshot.calls.values()]
    .flatMap((state) => ('call' in state && !OVER.has(state.phase) ? [state.call] : []))
    .sort()
}

/** Over, or not begun. */
const OVER: ReadonlySet<string> = new Set(['waiting', 'ended', 'failed'])

function heal(home: Household): void {
  home.credentials.hold(false)
  home.verdicts.trust()
  home.cloud.drop(false)
  home.cloud.resume()
  home.viewer.stop()
  home.start()
  expect(home.snapshot.link.phase).toBe('welcomed')
}
