import { beforeEach, describe, expect, it } from 'vitest'
import { createHome, outcomeOf, sender } from '../../testing/home.ts'
import { answerFor, CALL, CELLAR, DEVICE, PERSON, PORCH } from '../../testing/samples.ts'

let home: ReturnType<typeof createHome>

const call = { type: 'call', call: CALL, camera: CELLAR }

beforeEach(async () => {
  home = createHome()
  await home.furnish()
})

describe('signing out everywhere', () => {
  const signOut = (at = home.instance) => home.ask(home.member, { op: 'sign-out-everywhere' }, at)
  const porch = { ...call, camera: PORCH }

  it('[R36] answers, hangs up the person’s calls, tells every connection of it and closes it', async () => {
    await home.viewerHello({ ...home.member, connection: 'phone' })
    await home.say(home.member, porch)
    home.posted.take()
    const replies: string[] = []
    const { connections } = home.instance
    const at = {
      ...home.newInstance(),
      connections: {
        ...connections,
        post: (connection: string, message: Parameters<typeof connections.post>[1]) => {
          replies.push(`${connection} ${message.type}`)
          return connections.post(connection, message)
        },
      },
    }
    expect(outcomeOf(await signOut(at))).toBe('done')
    const hungUp = { type: 'hangup', call: CALL, reason: 'signed-out' }
    expect(home.posted.takeFor('device')).toEqual([hungUp])
    expect(home.heardBy('phone')).toEqual(['signed-out'])
    expect(home.posted.takeDisconnected().sort()).toEqual(['member', 'phone'])
    expect(replies.filter((line) => line.startsWith('member'))).toEqual([
      'member hangup',
      'member reply',
      'member error',
    ])
    expect((await home.store.listConnections()).map(({ viewer }) => viewer)).not.toContain(PERSON)
  })

  it('[R36] is told of nothing more, not even of its own calls, though the gateway fails to close its connections', async () => {
    await home.ask(home.owner, { op: 'set-owner', person: PERSON, owner: true })
    const phone = { ...home.member, connection: 'phone' }
    await home.viewerHello(phone)
    await home.say(home.member, porch)
    home.posted.take()
    home.posted.failing.add('phone')
    expect(outcomeOf(await signOut())).toBe('done')
    home.posted.failing.clear()
    await home.say(home.device, { type: 'status', cameras: [{ name: 'porch', state: 'busy' }] })
    expect(home.heardBy('owner')).toContain('presence')
    expect(home.heardBy('phone')).toEqual([])
    await home.say(phone, { ...porch, call: 'z'.repeat(22) })
    expect(home.heardBy('phone')).toEqual(['signed-out'])
    expect(home.posted.takeDisconnected()).toEqual(['member', 'phone'])
  })

  it('[R36] says nothing of the calls that it ends to the person’s other pages: they are signed out', async () => {
    await home.ask(home.owner, { op: 'set-owner', person: PERSON, owner: true })
    await home.viewerHello({ ...home.member, connection: 'phone' })
    await home.say(home.member, porch)
    home.posted.take()
    await signOut()
    expect(home.heardBy('owner')).toEqual(['watching'])
    expect(home.heardBy('phone')).toEqual(['signed-out'])
  })

  it('[R36] throws every page out though calls could not be ended, and though the list cannot be changed', async () => {
    const down = () => Promise.reject(new Error('down'))
    for (const broken of [{ listCalls: down }, { removeConnection: down }]) {
      home = createHome()
      await home.furnish()
      await signOut({ ...home.instance, store: { ...home.store, ...broken } })
      expect(home.posted.takeDisconnected()).toEqual(['member'])
    }
  })

  it('[R36] reaches a person who is being made an owner: no page of it is listed again', async () => {
    const at = home.overtaken('relistConnection', () => signOut(home.newInstance()))
    await home.ask(home.owner, { op: 'set-owner', person: PERSON, owner: true }, at)
    expect((await home.store.listConnections()).map(({ viewer }) => viewer)).not.toContain(PERSON)
  })

  it('[R30] [R36] refuses what was proven before at hello, call and request, and takes what was proven after', async () => {
    await signOut()
    home.posted.takeDisconnected()
    home.posted.take()
    const id = 'r'.repeat(22)
    for (const message of [
      { type: 'hello', protocol: 1, software: { name: 'test', version: '1' }, instance: 'i'.repeat(22) },
      porch,
      { type: 'request', id, ask: { op: 'list-people' } },
    ]) {
      home.posted.gone.clear()
      await home.say({ ...home.member, connection: 'old' }, message, home.newInstance())
      expect(home.heardBy('old')).toEqual(['signed-out'])
      expect(home.posted.takeDisconnected()).toEqual(['old'])
    }
    expect((await home.store.listConnections()).map(({ connection }) => connection)).not.toContain('old')
    const renewed = sender({ ...home.member.principal, authenticatedAt: home.state.time + 1 }, 'new')
    await home.viewerHello(renewed)
    expect(home.posted.takeFor('new').at(-1)).toMatchObject({ cameras: [{ camera: PORCH }] })
  })

  it('[R36] refuses also what was proven in the very same moment, and believes nothing that it says', async () => {
    await signOut()
    home.posted.gone.clear()
    const before = await home.store.getPerson(PERSON)
    const same = { ...home.member.principal, authenticatedAt: home.state.time, name: 'Mallory', email: null }
    await home.viewerHello(sender(same, 'same'))
    expect(home.posted.takeFor('same')).toEqual([{ type: 'error', code: 'signed-out' }])
    expect(await home.store.getPerson(PERSON)).toEqual(before)
  })

  it('[R36] reaches a call and a connection that were being made', async () => {
    await home.say(
      home.member,
      porch,
      home.overtaken('openCall', () => signOut(home.newInstance())),
    )
    await home.say(home.member, answerFor(porch))
    expect(await home.store.getCall(DEVICE, CALL)).toMatchObject({ state: 'ended', endReason: 'signed-out' })

    for (const operation of ['addConnection', 'listDevices'] as const) {
      home = createHome()
      await home.furnish()
      const page = { ...home.member, connection: 'page' }
      await home.viewerHello(
        page,
        home.overtaken(operation, () => signOut(home.newInstance())),
      )
      expect((await home.store.listConnections()).map(({ viewer }) => viewer)).not.toContain(PERSON)
      expect(home.posted.takeDisconnected()).toContain('page')
    }
  })

  it('is nobody else’s matter', async () => {
    await home.say(home.owner, { ...call, call: 'z'.repeat(22) })
    await signOut()
    expect((await home.store.getCall(DEVICE, 'z'.repeat(22)))?.state).toBe('live')
    expect(outcomeOf(await home.ask(home.owner, { op: 'list-people' }))).toBe('done')
  })
})
