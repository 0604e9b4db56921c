import { beforeEach, describe, expect, it } from 'vitest'
import type { Reply } from '../../../protocol/reply.ts'
import { answerTo, createHome, outcomeOf, sender, WEB_ORIGIN } from '../../testing/home.ts'
import { CALL, hashOf, PERSON } from '../../testing/samples.ts'
import type { Device, Sender } from '../principal.ts'

let home: ReturnType<typeof createHome>

const CODE = 'k'.repeat(22)
const NEW = 'n'.repeat(43)
const fresh: Sender<Device> = sender({ kind: 'device', id: NEW }, 'fresh')
/** Devices whose rows of places begin at different ones. */
const unpairedDevice = (n: number) =>
  sender({ kind: 'device', id: `${'u'.repeat(41)}${String(n).padStart(2, '0')}` } as const, `unpaired-${n}`)

beforeEach(async () => {
  home = createHome()
  await home.furnish()
})

describe('a pairing code', () => {
  beforeEach(async () => {
    await home.deviceHello(fresh, ['attic'])
    home.posted.take()
  })

  it('[R39] is good for ten minutes, and the device is told until when and where to show it', async () => {
    expect(answerTo(await home.startPairing(fresh, CODE))).toEqual({
      until: 10_000 + 600_000,
      site: WEB_ORIGIN,
    })
  })

  it('[R39] asked for again is the same, and lives no longer', async () => {
    await home.startPairing(fresh, CODE)
    home.state.time += 300_000
    expect(answerTo(await home.startPairing(fresh, CODE))).toEqual({
      until: 10_000 + 600_000,
      site: WEB_ORIGIN,
    })
  })

  it('[R39] is kept as a hash only', async () => {
    await home.startPairing(fresh, CODE)
    expect(JSON.stringify(await home.store.getDevice(NEW))).not.toContain(CODE)
  })

  it('[R39] [R40] gives the device to the owner who has it; its cameras are told once it says hello again', async () => {
    await home.startPairing(fresh, CODE)
    expect(await home.claim(home.owner, NEW, CODE)).toEqual({ kind: 'done', answer: {} })
    expect(home.posted.take()).toEqual([{ connection: 'fresh', message: { type: 'paired', label: 'Attic' } }])
    await home.deviceHello(fresh, ['attic'])
    expect(home.posted.take()).toMatchObject([
      { connection: 'owner', message: { type: 'presence', camera: `${NEW}.attic`, state: 'online' } },
      { connection: 'fresh', message: { type: 'welcome', paired: true } },
    ])
    await home.say(home.owner, { type: 'call', call: CALL, camera: `${NEW}.attic` })
    expect(home.heardBy('fresh')).toEqual(['call'])
  })

  it('[R39] is worth nothing to somebody who is only signed in, nor to a viewer or a guest', async () => {
    await home.startPairing(fresh, CODE)
    await home.viewerHello(home.stranger)
    for (const from of [home.stranger, home.member]) {
      expect(outcomeOf(await home.claim(from, NEW, CODE))).toBe('not-allowed')
    }
    const guests = await home.ask(home.guest, { op: 'claim-device', device: NEW, code: CODE, label: 'Mine' })
    expect(outcomeOf(guests)).toBe('not-allowed')
    expect((await home.store.getDevice(NEW))?.paired).toBeNull()
  })

  it('[R39] that is guessed, of another device, or of a device that is not there is wrong', async () => {
    await home.startPairing(fresh, CODE)
    await home.deviceHello(unpairedDevice(1), [])
    await home.startPairing(unpairedDevice(1), 'j'.repeat(22))
    for (const [code, device] of [
      ['x'.repeat(22), NEW],
      ['j'.repeat(22), NEW],
      [hashOf(CODE).slice(0, 22), NEW],
      [CODE, unpairedDevice(1).principal.id],
      [CODE, 'z'.repeat(43)],
    ] as const) {
      expect(outcomeOf(await home.claim(home.owner, device, code))).toBe('pairing-code-wrong')
    }
    expect((await home.store.getDevice(NEW))?.paired).toBeNull()
  })

  it('[R39] is over after ten minutes', async () => {
    await home.startPairing(fresh, CODE)
    home.state.time += 599_999
    await home.startPairing(fresh, CODE)
    home.state.time += 1
    expect(outcomeOf(await home.claim(home.owner, NEW, CODE))).toBe('pairing-code-expired')
    expect(outcomeOf(await home.claim(home.owner, NEW, 'x'.repeat(22)))).toBe('pairing-code-wrong')
  })

  it('[R39] is of no more use once there is a newer one', async () => {
    await home.startPairing(fresh, CODE)
    await home.startPairing(fresh, 'm'.repeat(22))
    expect(outcomeOf(await home.claim(home.owner, NEW, CODE))).toBe('pairing-code-wrong')
    expect(outcomeOf(await home.claim(home.owner, NEW, 'm'.repeat(22)))).toBe('done')
  })

  it('[R39] is used once', async () => {
    await home.startPairing(fresh, CODE)
    await home.claim(home.owner, NEW, CODE)
    const claimed = await home.store.getDevice(NEW)
    expect(outcomeOf(await home.claim(home.owner, NEW, CODE, home.newInstance()))).toBe('pairing-code-used')
    expect(await home.store.getDevice(NEW)).toEqual(claimed)
  })

  it('[R39] raced by two owners is one’s, whoever reads first', async () => {
    await home.startPairing(fresh, CODE)
    await home.viewerHello(home.stranger)
    await home.ask(home.owner, { op: 'set-owner', person: home.stranger.principal.id, owner: true })
    const other = () => home.claim(home.stranger, NEW, CODE, home.newInstance())
    const others: (Reply['result'] | null)[] = []
    const overtaken = home.overtaken('putDevice', async () => others.push(await other()))
    expect(outcomeOf(await home.claim(home.owner, NEW, CODE, overtaken))).toBe('pairing-code-used')
    expect(others).toMatchObject([{ kind: 'done' }])
  })

  it('[R39] raced by many at once is one’s', async () => {
    await home.startPairing(fresh, CODE)
    const results = await Promise.all(
      Array.from({ length: 6 }, (_, n) =>
        home.claim({ ...home.owner, connection: `owner-${n}` }, NEW, CODE, home.newInstance()),
      ),
    )
    expect(results.map(outcomeOf).sort()).toEqual([
      'done',
      ...Array.from({ length: 5 }, () => 'pairing-code-used'),
    ])
  })

  it('is set by nobody but the connection that the device said hello on', async () => {
    const older = { ...fresh, connection: 'older' }
    expect(outcomeOf(await home.startPairing(older, 'm'.repeat(22)))).toBe('not-paired')
    expect((await home.store.getDevice(NEW))?.code).toBeNull()
  })

  it('[R40] that was used leaves the claim standing when the device cannot be told', async () => {
    await home.startPairing(fresh, CODE)
    home.posted.failing.add('fresh')
    expect(outcomeOf(await home.claim(home.owner, NEW, CODE))).toBe('done')
    expect(home.failures).toHaveLength(1)
    home.posted.failing.clear()
    await home.deviceHello(fresh, ['attic'])
    expect(home.posted.takeFor('fresh')).toMatchObject([{ paired: true }])
  })
})

it('names no person and no code in any log line of pairing', async () => {
  await home.deviceHello(fresh, [])
  await home.startPairing(fresh, CODE)
  await home.claim(home.owner, NEW, CODE)
  await home.ask(home.owner, { op: 'unpair-device', device: NEW })
  const log = home.logged.join('\n')
  expect(log).toContain('device-paired')
  for (const secret of ['@', CODE, hashOf(CODE)]) expect(log).not.toContain(secret)
  expect(log).not.toContain(PERSON)
})
