import { beforeEach, describe, expect, it } from 'vitest'
import type { Reply } from '../../protocol/reply.ts'
import { REPLY_TIMEOUT_MS } from './requests.ts'
import { type Household, household } from './testing/household.ts'
import { DEVICE, PORCH } from './testing/samples.ts'

let home: Household
beforeEach(() => {
  home = household()
})

const NO_REPLY = { kind: 'refused', code: 'no-reply' } as const

const rename = () => home.viewer.ask('rename-camera', { camera: PORCH, label: 'Front door' })

function reply(result: Reply['result'], n = -1): void {
  home.cloud.say({ type: 'reply', id: home.cloud.of('request').at(n)?.id ?? '', result })
}

function comeBack(): void {
  home.cloud.close()
  home.clock.advance(1)
  home.cloud.accept()
}

describe('[R44] a request', () => {
  beforeEach(() => home.start())

  it('is answered with what was asked for', async () => {
    const devices = [{ device: DEVICE, label: 'Home', pairedAt: 1, online: true, cameras: [] }]
    const asked = home.viewer.ask('list-devices', {})
    reply({ kind: 'done', answer: { devices } })
    expect(await asked).toEqual({ kind: 'done', answer: { devices } })
    expect(home.cloud.of('request')).toMatchObject([{ ask: { op: 'list-devices' } }])
  })

  it('is refused in the cloud’s words', async () => {
    const asked = rename()
    reply({ kind: 'refused', code: 'not-allowed', detail: 'why' })
    expect(await asked).toEqual({ kind: 'refused', code: 'not-allowed', detail: 'why' })
  })

  it('is paired with its own reply, in whatever order they come', async () => {
    const first = rename()
    const second = home.viewer.ask('list-devices', {})
    reply({ kind: 'done', answer: { devices: [] } }, 1)
    reply({ kind: 'refused', code: 'not-allowed' }, 0)
    reply({ kind: 'done', answer: {} }, 0)
    expect([(await first).kind, (await second).kind]).toEqual(['refused', 'done'])
  })

  it('with an answer that is none of its operation’s is refused', async () => {
    const asked = home.viewer.ask('list-devices', {})
    reply({ kind: 'done', answer: { devices: 'none' } })
    expect(await asked).toEqual({ kind: 'refused', code: 'bad-message' })
  })

  it('is repeated by the same id when the cloud says that it failed, and waited for no longer than before', async () => {
    const asked = rename()
    const failure = '{"message": "Internal server error", "connectionId":"a", "requestId":"b"}'
    home.cloud.sayText(failure)
    home.cloud.sayText(failure)
    home.clock.advance(1_000)
    const ids = home.cloud.of('request').map(({ id }) => id)
    expect(ids).toEqual([ids[0], ids[0]])
    home.clock.advance(REPLY_TIMEOUT_MS - 1_000)
    expect(await asked).toEqual(NO_REPLY)
  })

  it('is not waited for for ever', async () => {
    const asked = rename()
    home.clock.advance(REPLY_TIMEOUT_MS)
    expect(await asked).toEqual(NO_REPLY)
    comeBack()
    expect(home.cloud.of('request')).toHaveLength(1)
  })

  it('is repeated by the same id after a lost link, until it is answered', async () => {
    const asked = rename()
    comeBack()
    const [one, another, ...more] = home.cloud.of('request')
    expect(another).toEqual(one)
    expect(more).toEqual([])
    reply({ kind: 'done', answer: {} })
    expect(await asked).toEqual({ kind: 'done', answer: {} })
    comeBack()
    expect(home.cloud.of('request')).toHaveLength(2)
  })

  it('ends without a reply when the page is left', async () => {
    const asked = rename()
    home.viewer.stop()
    expect(await asked).toEqual(NO_REPLY)
  })
})

it('a request without a link is not sent, and that is said at once', async () => {
  expect(await rename()).toEqual({ kind: 'not-sent' })
  home.start()
  expect(home.cloud.of('request')).toEqual([])
})

describe('[R29, R30] the credential', () => {
  it('is asked for and shown at each attempt', () => {
    home.start()
    expect(home.cloud.shown).toEqual({ kind: 'bearer', token: 'fresh' })
    const renewed = { kind: 'bearer', token: 'renewed' } as const
    home.credentials.script({ kind: 'credential', credential: renewed })
    comeBack()
    expect(home.cloud.shown).toEqual(renewed)
  })

  it('that is too old is renewed twice; then the person is told to sign in', () => {
    home.cloud.script(() => [{ type: 'error', code: 'token-expired' }])
    home.start()
    home.cloud.accept()
    home.cloud.accept()
    expect(home.credentials.asked).toEqual([{ renew: false }, { renew: true }, { renew: true }])
    expect(home.snapshot.link).toEqual({ phase: 'signed-out' })
    expect(home.credentials.refusals).toEqual(['token-expired'])
  })

  it('that comes late is not used twice, nor after the page was left', () => {
    home.credentials.hold(true)
    home.viewer.start()
    home.viewer.stop()
    home.credentials.hold(false)
    expect(home.cloud.opened).toBe(0)
    home.credentials.hold(true)
    home.viewer.start()
    home.viewer.stop()
    home.viewer.start()
    home.credentials.hold(false)
    expect(home.cloud.opened).toBe(1)
  })

  it('[R24] of somebody who is signed out here leaves alone what plays', () => {
    home.play()
    home.credentials.script({ kind: 'none' })
    comeBack()
    expect(home.snapshot.link).toEqual({ phase: 'signed-out' })
    expect(home.state().phase).toBe('playing')
  })
})
