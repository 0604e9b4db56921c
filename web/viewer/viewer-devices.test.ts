import { beforeEach, describe, expect, it } from 'vitest'
import { HANGUP_REASONS } from '../../protocol/hangup.ts'
import { type Household, household, OWNER, VIEWER, welcome } from './testing/household.ts'
import { DEVICE, GARDEN, PORCH, visibleCamera } from './testing/samples.ts'

const OTHER = 'e'.repeat(43)
const ATTIC = `${OTHER}.attic`

let home: Household
beforeEach(() => {
  home = household()
  home.cloud.script((message) => {
    if (message.type !== 'hello') return []
    const attic = visibleCamera({ camera: ATTIC, label: 'Attic' })
    return [{ ...welcome(), cameras: [visibleCamera(), attic] }]
  })
})

describe('[R43] a device that nobody here has accepted', () => {
  it('is shown as new, and its camera is not called', () => {
    home.start()
    expect(home.snapshot.newDevices).toEqual(new Set([OTHER]))
    home.viewer.call(ATTIC)
    expect(home.state(ATTIC)).toMatchObject({ phase: 'failed', failure: { code: 'new-device' } })
    expect(home.cloud.of('call')).toEqual([])
    expect(home.peers.peers).toEqual([])
  })

  it('is called once it is accepted, all its cameras at once', () => {
    home.start()
    home.viewer.call(ATTIC)
    home.viewer.learnDevice(OTHER)
    expect(home.snapshot.newDevices).toEqual(new Set())
    home.viewer.call(ATTIC)
    home.viewer.call(`${OTHER}.cellar`)
    expect(home.cloud.of('call').map(({ camera }) => camera)).toEqual([ATTIC, `${OTHER}.cellar`])
  })

  it('is known here as soon as another tab has learned it', () => {
    home.start()
    home.known.add(OTHER)
    home.viewer.showDevices()
    expect(home.snapshot.newDevices).toEqual(new Set())
  })

  it('is not spoken of once its cameras are gone', () => {
    home.start()
    home.cloud.say({ type: 'presence', camera: ATTIC, state: 'removed', since: 9_000 })
    expect(home.snapshot.newDevices).toEqual(new Set())
  })

  it('does not end a call that runs', () => {
    home.play()
    home.known.delete(DEVICE)
    home.viewer.call(PORCH)
    expect(home.state(PORCH).phase).toBe('playing')
  })
})

it('a guest who is shown a camera of another device than the link’s does not call it, nor is asked', () => {
  home.setStanding('wrong')
  home.start()
  expect(home.snapshot.newDevices).toEqual(new Set())
  home.viewer.call(ATTIC)
  expect(home.state(ATTIC)).toMatchObject({ phase: 'failed', failure: { code: 'wrong-device' } })
  expect(home.cloud.of('call')).toEqual([])
})

it('shows for whom the cloud takes this page, and until when a camera may be seen', () => {
  const until = 90_000
  const cameras = [visibleCamera({ role: 'guest', until })]
  home.cloud.script(() => [{ ...welcome({ kind: 'guest', name: 'Neighbours', owner: false }), cameras }])
  home.start()
  expect(home.snapshot.self).toEqual({ kind: 'guest', name: 'Neighbours', owner: false })
  expect(home.snapshot.cameras?.get(PORCH)?.until).toBe(until)
})

describe('[R37] taking over a camera', () => {
  it('is asked for with the call, until the host has offered', () => {
    home.start()
    home.viewer.call(PORCH, true)
    home.cloud.close()
    home.clock.advance(1)
    home.cloud.accept()
    home.cloud.say(home.offer())
    home.cloud.close()
    home.clock.advance(1)
    home.cloud.accept()
    expect(home.cloud.of('call').map(({ takeOver }) => takeOver)).toEqual([true, true, undefined])
  })

  it('is possible where the camera was busy, by a call of its own', () => {
    home.ring()
    const first = home.call
    home.cloud.say({ type: 'error', code: 'camera-busy', call: first })
    home.viewer.call(PORCH, true)
    expect(home.cloud.of('call').at(-1)).toMatchObject({ takeOver: true })
    expect(home.call).not.toBe(first)
  })
})

it.each(HANGUP_REASONS)(
  '[R18] a call that ends by %s before there was a picture ends with that reason, and is not made again',
  (reason) => {
    home.connect()
    home.cloud.say({ type: 'hangup', call: home.call, reason })
    expect(home.state()).toMatchObject({ phase: 'ended', reason })
    home.clock.advance(60 * 60_000)
    home.viewer.wake('network')
    expect(home.cloud.of('call')).toHaveLength(1)
    expect(home.peers.last.told.at(-1)).toBe('close')
  },
)

describe('[R45] who watches', () => {
  const watch = (n: number, over: { camera?: string; endedAt?: number } = {}) => ({
    call: String(n).repeat(22),
    camera: PORCH,
    name: `viewer ${n}`,
    role: 'viewer' as const,
    startedAt: n,
    ...over,
  })
  const names = (camera = PORCH) => home.snapshot.watchers.get(camera)?.map(({ name }) => name) ?? []

  /** The list comes in pages of two. */
  function startAsOwner(listed: readonly ReturnType<typeof watch>[]): void {
    home.cloud.script((message) => {
      if (message.type === 'hello') return [welcome(OWNER)]
      if (message.type !== 'request' || message.ask.op !== 'list-watchers') return []
      const from = Number(message.ask.cursor ?? 0)
      const cursor = from + 2 < listed.length ? { cursor: String(from + 2) } : {}
      const answer = { watchers: listed.slice(from, from + 2), ...cursor }
      return [{ type: 'reply', id: message.id, result: { kind: 'done', answer } }]
    })
    home.cloud.pause()
    home.start()
    home.cloud.resume()
  }
  const settled = () => new Promise((resolve) => setImmediate(resolve))

  it('is listed for an owner after each welcome, by camera', async () => {
    startAsOwner([watch(2), watch(1), watch(3, { camera: GARDEN })])
    await settled()
    expect(names()).toEqual(['viewer 1', 'viewer 2'])
    expect(names(GARDEN)).toEqual(['viewer 3'])
    expect(home.cloud.of('request').map(({ ask }) => ask.op)).toEqual(Array(2).fill('list-watchers'))
  })

  it('is asked for by no other', () => {
    home.start()
    expect(home.cloud.of('request')).toEqual([])
  })

  it('never lists a call of this page, however long ago it was made', async () => {
    startAsOwner([])
    await settled()
    home.viewer.call(PORCH)
    const { call } = home
    for (let others = 0; others < 300; others += 1) {
      home.viewer.call(GARDEN)
      home.viewer.leave(GARDEN)
    }
    home.cloud.say({ type: 'watching', watch: { ...watch(1), call } })
    expect(names()).toEqual([])
  })

  it('changes with what is told, in whatever order', async () => {
    startAsOwner([])
    await settled()
    home.cloud.say({ type: 'watching', watch: watch(1) })
    expect(names()).toEqual(['viewer 1'])
    home.cloud.say(
      { type: 'watching', watch: watch(2, { endedAt: 5 }) },
      { type: 'watching', watch: watch(2) },
    )
    home.cloud.say(
      { type: 'watching', watch: watch(1, { endedAt: 6 }) },
      { type: 'watching', watch: watch(1) },
    )
    expect(names()).toEqual([])
  })

  it('is not forgotten because a list was made just before, nor brought back by one', async () => {
    startAsOwner([watch(1)])
    home.cloud.say(
      { type: 'watching', watch: watch(2) },
      { type: 'watching', watch: watch(1, { endedAt: 5 }) },
    )
    await settled()
    expect(names()).toEqual(['viewer 2'])
  })

  it('is forgotten when a later list does not have them', async () => {
    startAsOwner([])
    await settled()
    home.cloud.say({ type: 'watching', watch: watch(1) })
    home.cloud.say({ type: 'presence', camera: `${OTHER}.new`, state: 'online', since: 9_000 })
    await settled()
    expect(names()).toEqual([])
  })

  it('does not name the owner’s own calls of this page', async () => {
    startAsOwner([])
    await settled()
    home.viewer.call(PORCH)
    home.cloud.say({ type: 'watching', watch: { ...watch(1), call: home.call } })
    expect(names()).toEqual([])
  })

  it('is nobody’s to see once one is no owner any more', async () => {
    startAsOwner([watch(1)])
    await settled()
    home.cloud.say(welcome(VIEWER))
    expect(names()).toEqual([])
  })
})
