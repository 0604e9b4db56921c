import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { IncomingCall } from '../../protocol/call.ts'
import { errorRule } from '../../protocol/error-codes.ts'
import { type Happening, happenings, NAMES, perform } from '../testing/home-happenings.ts'
import { device, id, type SwitchboardHome, startSwitchboard } from '../testing/start-switchboard.ts'
import type { CallMessage } from './call-message.ts'

/** What a session at a camera comes to, whatever happened: one for each call, and never more than there are feeds. */
function expectNoZombies(home: SwitchboardHome, maxCalls: number): void {
  for (const name of NAMES) {
    const calls = home.board.calls().filter((call) => call.camera === name).length
    const held = home[name].sessions.filter(({ over }) => !over)
    const live = held.filter(({ told }) => told.at(-1)?.[0] !== 'hangup').length
    expect(calls).toBeLessThanOrEqual(maxCalls)
    expect(held.length).toBeLessThanOrEqual(maxCalls)
    // A call waits for its session only while an earlier one has not let go.
    expect(live).toBe(Math.min(calls, maxCalls - (held.length - live)))
    for (const { told } of home[name].sessions) {
      expect(told.filter(([what]) => what === 'hangup').length).toBeLessThanOrEqual(1)
    }
  }
}

/** For so long a call that is over cannot begin again. */
const REMEMBERED_MS = 10 * 60_000

const isEnding = (message: CallMessage) =>
  message.type === 'hangup' || (message.type === 'error' && errorRule(message.code).ends === 'call')

/** What the viewers believe of their calls, and whether each heard of its end once, from the end that made it. */
class Viewers {
  readonly #open = new Map<string, IncomingCall>()
  /** Since when. */
  readonly #over = new Map<string, number>()

  /** `before` ran before it happened, `sent` was said since. */
  judge(
    home: SwitchboardHome,
    happened: Happening,
    before: ReadonlySet<string>,
    sent: readonly CallMessage[],
  ): void {
    const now = home.clock.now()
    for (const [call, at] of this.#over) if (now - at >= REMEMBERED_MS) this.#over.delete(call)
    const running = new Set(home.running())
    const told = (call: string) => sent.filter((message) => message.call === call && isEnding(message)).length
    const about = happened.what === 'call' ? happened.message.call : 'call' in happened ? happened.call : ''
    const isNew = !this.#open.has(about)
    if (happened.what === 'call' && isNew && !this.#over.has(about)) this.#open.set(about, happened.message)
    for (const [call, message] of this.#open) {
      const silently = this.#knows(happened, call, message, isNew, before)
      if (!silently && told(call) === 0 && (!before.has(call) || running.has(call))) continue
      expect([call, told(call)]).toEqual([call, silently ? 0 : 1])
      this.#open.delete(call)
      this.#over.set(call, now)
    }
    for (const call of this.#over.keys()) expect(running.has(call)).toBe(false)
    for (const { call } of sent.filter(isEnding)) expect(call === about || this.#over.has(call)).toBe(true)
  }

  /** Those that have not heard of an end. */
  believing(): string[] {
    return [...this.#open.keys()]
  }

  /** Whether the viewer, or the cloud, has ended it by this. */
  #knows(
    happened: Happening,
    call: string,
    { who, camera }: IncomingCall,
    isNew: boolean,
    before: ReadonlySet<string>,
  ): boolean {
    switch (happened.what) {
      case 'unpaired':
        return true
      case 'end':
        return happened.call === call && (happened.by === 'hangup' || before.has(call))
      case 'call': {
        const { message } = happened
        const own = message.who === who && message.camera === camera && message.call !== call
        return message.replaces === call && own && isNew
      }
      default:
        return false
    }
  }
}

const SECOND = { what: 'time', ms: 1_000 } as const
const LAST = {
  what: 'call',
  message: { type: 'call', call: id(99), camera: `${device}.porch`, who: 'owner', role: 'owner' },
} as const

/** Lets what is already settled run. */
const turn = () => new Promise((resolve) => setImmediate(resolve))

it('[R10] [R22] [R48] [R49] whatever happens, a camera has a session for each call that runs, each end is told once, and silence frees all', async () => {
  await fc.assert(
    fc.asyncProperty(
      happenings,
      fc.constantFrom(1, 2),
      fc.boolean(),
      async (script, maxCalls, closesAtOnce) => {
        const home = await startSwitchboard(maxCalls)
        for (const name of NAMES) home[name].closesAtOnce = closesAtOnce
        const viewers = new Viewers()
        const live = (happened: Happening, happen: () => void) => {
          const before = new Set(home.running())
          const said = home.sent.length
          happen()
          expectNoZombies(home, maxCalls)
          viewers.judge(home, happened, before, home.sent.slice(said))
        }
        for (const happened of script) {
          live(happened, () => perform(home, happened))
          await Promise.resolve()
        }
        home.board.linkChanged(true)
        for (let passed = 0; passed < 160; passed += 1) {
          live(SECOND, () => {
            home.clock.advance(SECOND.ms)
            letGo(home)
          })
        }
        expect(viewers.believing()).toEqual([])
        live(LAST, () => perform(home, LAST))
        expect(viewers.believing()).toEqual(home.running())
        let stopped = false
        live(SECOND, () => {
          void home.board.stop().then(() => {
            stopped = true
          })
          letGo(home)
        })
        await turn()
        expect(stopped).toBe(true)
        expect(viewers.believing()).toEqual([])
        expect(home.clock.waiting()).toEqual([])
      },
    ),
    { seed: 20261124, numRuns: 300 },
  )
})

/** Every session that was hung up is closed, as a camera must within two seconds. */
function letGo(home: SwitchboardHome): void {
  for (const name of NAMES) {
    for (const session of home[name].sessions) {
      if (!session.over && session.told.at(-1)?.[0] === 'hangup')
        session.report({ type: 'closed', detail: '' })
    }
  }
}
