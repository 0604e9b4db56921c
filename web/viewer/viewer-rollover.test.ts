import { beforeEach, describe, expect, it } from 'vitest'
import { OLD_LIMIT_MS } from '../../protocol/connection-times.ts'
import { PROVEN_MS } from './hangups.ts'
import { HURRIED_TIMEOUT_MS } from './link/link-state.ts'
import { ANSWER, type Household, household, VIEWER, welcome } from './testing/household.ts'
import { candidate, GARDEN, PORCH } from './testing/samples.ts'
import { FRESH } from './testing/scripted-credentials.ts'

const ROLL_OVER_MS = 60_000

let home: Household
beforeEach(() => {
  home = household()
  home.cloud.script((message) => (message.type === 'hello' ? [welcome(VIEWER, ROLL_OVER_MS)] : []))
})

const socket = (n: number) => {
  const found = home.cloud.sockets[n]
  if (found === undefined) throw new Error('no such socket')
  return found
}
const saidOn = (n: number) => socket(n).received.map(({ type }) => type)

/** Until the next socket is asked for. */
const rollOver = () => home.clock.advance(ROLL_OVER_MS)

/** What the page showed of its link meanwhile. */
function linkPhases(act: () => void): string[] {
  const before = home.shown.length
  act()
  return [...new Set(home.shown.slice(before).map(({ link }) => link.phase))]
}

describe('[R46] the page’s next connection', () => {
  it('is opened when the welcome says, greeted as the same instance, and speaks alone from its welcome on', () => {
    home.play()
    const phases = linkPhases(() => {
      rollOver()
      home.viewer.call(GARDEN)
      socket(1).accept()
    })
    expect(saidOn(0)).toContain('call')
    expect(saidOn(1)).toEqual(['hello', 'resume', 'call'])
    expect(new Set(home.cloud.of('hello').map(({ instance }) => instance)).size).toBe(1)
    expect(phases).toEqual(['welcomed'])
    const before = socket(0).received.length
    home.viewer.leave(PORCH)
    expect(saidOn(1).at(-1)).toBe('hangup')
    expect(socket(0).received).toHaveLength(before)
  })

  it('leaves a hundred times what plays and what is called as it was', () => {
    home.play()
    const { call } = home
    for (let n = 1; n <= 100; n += 1) {
      rollOver()
      if (n === 1) home.viewer.call(GARDEN)
      socket(n).accept()
      expect(saidOn(n)).toContain('resume')
      expect([home.state(PORCH), home.snapshot.link.phase]).toMatchObject([
        { phase: 'playing', call },
        'welcomed',
      ])
      if (n === 1) {
        home.cloud.say(home.offer())
        home.peers.last.emit({ type: 'answered', sdp: ANSWER })
        home.viewer.firstFrame(home.call)
      }
      expect(home.cloud.sockets.filter(({ closed }) => !closed)).toHaveLength(2)
    }
    expect(home.state(GARDEN).phase).toBe('playing')
    expect(home.peers.peers).toHaveLength(2)
    expect(home.cloud.of('hangup')).toEqual([])
  })

  it('has the older one heard until it was quiet for 15 s', () => {
    home.start()
    rollOver()
    socket(1).accept()
    home.clock.advance(14_999)
    socket(0).say({ type: 'presence', camera: PORCH, state: 'busy', since: 9_000 })
    expect(home.snapshot.cameras?.get(PORCH)?.state).toBe('busy')
    home.clock.advance(14_999)
    expect(socket(0).closed).toBe(false)
    home.clock.advance(1)
    expect([socket(0).closed, socket(1).closed]).toEqual([true, false])
  })

  it('has the older one closed after a minute, however much it says', () => {
    home.start()
    rollOver()
    home.cloud.script(() => [welcome()])
    socket(1).accept()
    for (let ms = 0; ms < OLD_LIMIT_MS; ms += 10_000) {
      expect(socket(0).closed).toBe(false)
      socket(0).say({ type: 'presence', camera: PORCH, state: 'busy', since: 9_000 + ms })
      home.clock.advance(10_000)
    }
    expect(socket(0).closed).toBe(true)
  })

  it('takes no welcome of the older one for news', () => {
    home.start()
    rollOver()
    socket(1).accept()
    socket(0).say({ ...welcome(), cameras: [] } as ReturnType<typeof welcome>)
    expect(home.snapshot.cameras?.get(PORCH)?.state).toBe('online')
  })

  it('is tried again while the older one lasts, which is what the page shows', () => {
    home.setRandom(0.5)
    home.play()
    const phases = linkPhases(() => {
      rollOver()
      for (let n = 1; n <= 5; n += 1) {
        socket(n).close()
        home.clock.advance(5_000)
      }
    })
    expect(phases).toEqual(['welcomed'])
    socket(6).accept()
    expect(saidOn(6)).toEqual(['hello', 'resume'])
  })

  it('is the way back when the older one ends before it is welcomed', () => {
    home.play()
    rollOver()
    socket(0).close()
    expect(home.snapshot.link.phase).toBe('connecting')
    socket(1).accept()
    expect(home.snapshot.link.phase).toBe('welcomed')
    expect(home.cloud.opened).toBe(2)
    expect(saidOn(1)).toEqual(['hello', 'resume'])
  })

  it('that can have no credential leaves the older one up until the gateway ends it', () => {
    home.play()
    home.setRandom(0.5)
    home.credentials.script({ kind: 'none' })
    rollOver()
    expect(home.cloud.opened).toBe(1)
    home.clock.advance(60_000)
    expect(home.snapshot.link.phase).toBe('welcomed')
    expect(home.credentials.refusals).toEqual([])
    home.cloud.close()
    home.clock.advance(500)
    expect(home.snapshot.link).toEqual({ phase: 'signed-out' })
  })

  it('that is refused is not tried in a loop, though the time for it has come with every welcome', () => {
    home.start()
    home.setRandom(0.5)
    home.credentials.script({ kind: 'none' })
    home.cloud.script((message) => (message.type === 'hello' ? [welcome(VIEWER, 0)] : []))
    rollOver()
    home.clock.advance(10 * 60_000)
    const hellos = home.cloud.of('hello').length
    expect(hellos).toBeGreaterThan(20)
    expect(hellos).toBeLessThan(60)
  })

  it('has an answer said again with all candidates, for the older one may have died', () => {
    home.connect()
    socket(0).die()
    home.peers.last.emit({ type: 'candidate', candidate: candidate(7) })
    home.peers.last.emit({ type: 'gathered' })
    home.viewer.wake('network')
    home.clock.advance(HURRIED_TIMEOUT_MS)
    home.cloud.accept()
    expect(home.cloud.of('answer').at(-1)).toMatchObject({ candidates: [candidate(7)] })
  })

  it('[R44] has a request repeated by the same id', async () => {
    home.start()
    rollOver()
    const asked = home.viewer.ask('list-devices', {})
    socket(1).accept()
    const [one, again] = home.cloud.of('request')
    expect(again).toEqual(one)
    socket(0).say({ type: 'reply', id: one?.id ?? '', result: { kind: 'done', answer: { devices: [] } } })
    expect(await asked).toEqual({ kind: 'done', answer: { devices: [] } })
  })

  it('has a hangup said again that was said meanwhile, and only once', () => {
    home.play()
    rollOver()
    socket(0).die()
    home.viewer.leave(PORCH)
    socket(1).accept()
    expect(home.cloud.of('hangup')).toMatchObject([{ camera: PORCH, reason: 'viewer-left' }])
    home.clock.advance(PROVEN_MS)
    socket(1).say(welcome())
    rollOver()
    socket(2).accept()
    expect(home.cloud.of('hangup')).toHaveLength(1)
  })

  it('leaves a hangup alone when the older one has shown since that it lives', () => {
    home.play()
    home.credentials.script({ kind: 'none' })
    home.credentials.hold(true)
    rollOver()
    home.viewer.leave(PORCH)
    home.clock.advance(PROVEN_MS)
    home.credentials.hold(false)
    expect(saidOn(0).slice(-2)).toEqual(['hangup', 'hello'])
    home.credentials.script(FRESH)
    home.cloud.close()
    home.clock.advance(1)
    home.cloud.accept()
    expect(saidOn(1)).toEqual(['hello'])
  })

  it('[R18] is closed with the other when the page is left, which hangs up on the one that is up', () => {
    home.play()
    rollOver()
    home.viewer.stop()
    expect(saidOn(0).at(-1)).toBe('hangup')
    expect([socket(0).closed, socket(1).closed]).toEqual([true, true])
  })
})

describe('[R47] the end of a call that is over meanwhile', () => {
  it.each([
    ['a hangup', { type: 'hangup', reason: 'taken-over' }, { phase: 'ended', reason: 'taken-over' }],
    [
      'an error',
      { type: 'error', code: 'unknown-camera' },
      { phase: 'failed', failure: { code: 'unknown-camera' } },
    ],
  ] as const)('is what its resume is answered with: %s', (_title, end, state) => {
    home.play()
    const { call } = home
    home.cloud.script((message) => {
      if (message.type === 'resume') return [{ ...end, call }]
      return message.type === 'hello' ? [welcome()] : []
    })
    home.cloud.close()
    home.clock.advance(1)
    home.cloud.accept()
    expect(home.state()).toMatchObject({ ...state, call })
  })
})

describe('[R49] a host that asks whether somebody still sits there', () => {
  it('is answered on the current connection', () => {
    home.play()
    rollOver()
    socket(1).accept()
    socket(0).say({ type: 'alive', call: home.call, camera: PORCH })
    expect(saidOn(1).at(-1)).toBe('alive')
  })

  it('is told of a call that is not here', () => {
    home.play()
    const { call } = home
    home.viewer.leave(PORCH)
    home.cloud.say({ type: 'alive', call, camera: PORCH })
    expect(home.cloud.of('hangup').map((hangup) => hangup.call)).toEqual([call, call])
    expect(home.cloud.of('alive')).toEqual([])
  })
})
