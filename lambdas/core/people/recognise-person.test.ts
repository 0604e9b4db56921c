import { beforeEach, describe, expect, it } from 'vitest'
import { createHome, OWNER_EMAIL, person, sender } from '../../testing/home.ts'
import { CALL, CELLAR, personGrant } from '../../testing/samples.ts'

let home: ReturnType<typeof createHome>

const camerasOf = (connection: string): string[] => {
  const welcome = home.posted.takeFor(connection).find((message) => message.type === 'welcome')
  return welcome !== undefined && 'cameras' in welcome ? welcome.cameras.map(({ camera }) => camera) : []
}

beforeEach(async () => {
  home = createHome()
  await home.furnish()
})

describe('the first owner', () => {
  const fresh = async (...people: readonly (readonly [string, string | null])[]) => {
    home = createHome()
    for (const [id, email] of people) await home.viewerHello(sender(person(id.repeat(43), email), id))
    return (await home.store.listPeople()).filter(({ owner }) => owner).map(({ person }) => person[0])
  }

  it('[R33] is who first proves the address that the deployment names, and nobody who comes later', async () => {
    expect(await fresh(['a', 'else@home.example'], ['b', OWNER_EMAIL], ['c', OWNER_EMAIL])).toEqual(['b'])
  })

  it('[R33] is nobody by an address that the issuer has not verified, until it has', async () => {
    expect(await fresh(['a', null])).toEqual([])
    await home.viewerHello(sender(person('a'.repeat(43), OWNER_EMAIL), 'a'))
    expect(home.posted.takeFor('a').at(-1)).toMatchObject({ type: 'welcome', self: { owner: true } })
  })

  it('[R33] once dismissed by another owner does not come back by saying hello', async () => {
    await home.viewerHello(home.stranger)
    const owner = home.owner.principal.id
    const other = home.stranger.principal.id
    await home.ask(home.owner, { op: 'set-owner', person: other, owner: true })
    expect(await home.ask(home.stranger, { op: 'set-owner', person: owner, owner: false })).toMatchObject({
      kind: 'done',
    })
    await home.viewerHello(sender({ ...home.owner.principal, email: null }, 'owner'))
    await home.viewerHello(home.owner)
    expect(home.posted.takeFor('owner').at(-1)).toMatchObject({ self: { owner: false }, cameras: [] })
  })
})

describe('a grant to an address', () => {
  beforeEach(async () => {
    const invited = personGrant({
      grant: 'n'.repeat(22),
      camera: 'cellar',
      email: 'new@home.example',
      person: null,
    })
    await home.putGrants([personGrant(), invited])
  })

  it('[R33] becomes the right of who first proves it, and of nobody who proves it later', async () => {
    const first = sender(person('1'.repeat(43), 'new@home.example'), 'first')
    const second = sender(person('2'.repeat(43), 'new@home.example'), 'second')
    await home.viewerHello(first)
    expect(camerasOf('first')).toEqual([CELLAR])
    await home.viewerHello(second)
    expect(camerasOf('second')).toEqual([])
    await home.viewerHello(sender({ ...first.principal, email: null }, 'first'))
    expect(camerasOf('first')).toEqual([CELLAR])
  })

  it('[R33] is no right of who has an address that is not verified', async () => {
    const unverified = sender({ ...person('1'.repeat(43), null), name: 'new@home.example' }, 'unverified')
    await home.viewerHello(unverified)
    expect(camerasOf('unverified')).toEqual([])
    await home.say(unverified, { type: 'call', call: CALL, camera: CELLAR })
    expect(home.heardBy('unverified')).toEqual(['unknown-camera'])
  })

  it('[R25] is heard of by the person’s other pages', async () => {
    const early = sender(person('1'.repeat(43), null), 'early')
    await home.viewerHello(early)
    home.posted.take()
    await home.viewerHello(sender(person('1'.repeat(43), 'new@home.example'), 'later'))
    expect(home.posted.takeFor('early')).toMatchObject([
      { type: 'presence', camera: CELLAR, state: 'online' },
    ])
    expect(home.heardBy('owner')).toEqual([])
    expect(home.heardBy('stranger')).toEqual([])
  })
})
