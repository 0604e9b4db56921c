import { beforeEach, describe, expect, it } from 'vitest'
import { createHome } from '../../testing/home.ts'
import { answerFor, CALL, PERSON, PORCH } from '../../testing/samples.ts'

let home: ReturnType<typeof createHome>

const call = { type: 'call', call: CALL, camera: PORCH }
const answer = answerFor(call)
const hangup = { type: 'hangup', call: CALL, camera: PORCH, reason: 'viewer-left' }

beforeEach(async () => {
  home = createHome()
  await home.furnish()
})

describe('who watches', () => {
  it('[R45] is told to owners when somebody begins and ends, with the name, and to nobody else', async () => {
    await home.say(home.member, call)
    expect(home.heardBy('owner')).toEqual([])
    home.state.time += 1_000
    await home.say(home.member, answer)
    expect(home.posted.takeFor('owner')).toEqual([
      {
        type: 'watching',
        watch: { call: CALL, camera: PORCH, name: 'member@home.example', role: 'viewer', startedAt: 10_000 },
      },
    ])
    home.state.time += 5_000
    await home.say(home.member, hangup)
    expect(home.posted.takeFor('owner')).toMatchObject([
      { type: 'watching', watch: { call: CALL, endedAt: 16_000, reason: 'viewer-left' } },
    ])
    expect(home.heardBy('member')).toEqual([])
    expect(home.heardBy('guest')).toEqual([])
  })

  it('[R45] is told to an owner of the owner’s other page, and not of the page itself', async () => {
    const phone = { ...home.owner, connection: 'phone' }
    await home.viewerHello(phone)
    home.posted.take()
    await home.say(home.owner, call)
    await home.say(home.owner, answer)
    expect(home.heardBy('phone')).toEqual(['watching'])
    expect(home.heardBy('owner')).toEqual([])
  })

  it('[R45] is told when the host ends the call, by its error too', async () => {
    await home.say(home.guest, call)
    home.posted.take()
    await home.say(home.device, { type: 'error', code: 'camera-busy', call: CALL })
    expect(home.posted.takeFor('owner')).toMatchObject([
      { type: 'watching', watch: { name: 'Neighbour', role: 'guest', reason: 'camera-busy' } },
    ])
  })

  it('[R45] is told once, however often the call is made or ended', async () => {
    await home.say(home.member, call)
    await home.say(home.member, call)
    await home.say(home.member, answer)
    await home.say(home.member, hangup)
    await home.say(home.member, hangup, home.newInstance())
    expect(home.heardBy('owner')).toEqual(['watching', 'watching'])
  })

  it('[R45] is no failure of the call when an owner cannot be told', async () => {
    home.posted.failing.add('owner')
    await home.say(home.member, call)
    await home.say(home.member, answer)
    expect(home.heardBy('member')).toEqual([])
    expect(home.heardBy('device')).toEqual(['call', 'answer'])
    expect(home.failures).toHaveLength(1)
  })

  it('[R45] is not told of a call that never reached its host', async () => {
    home.posted.gone.add('device')
    await home.say(home.member, call)
    await home.say(home.member, answer)
    expect(home.heardBy('owner')).toEqual(['presence', 'presence'])
  })
})

it('names no person in any log line of a call', async () => {
  await home.say(home.member, call)
  await home.say(home.guest, { ...call, call: 'z'.repeat(22) })
  await home.say(home.member, hangup)
  expect(home.logged.join('\n')).toContain(PERSON)
  expect(home.logged.join('\n')).not.toMatch(/@|Neighbour/)
})
