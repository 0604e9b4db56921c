import { describe, expect, it } from 'vitest'
import { createHome, sender } from '../testing/home.ts'
import { OTHER_DEVICE } from '../testing/samples.ts'
import { rollOverMs } from './roll-over.ts'

const MINUTE_MS = 60_000
const CONNECTED_AT = 1_000
const age = (connection: string, now = CONNECTED_AT) =>
  now - CONNECTED_AT + rollOverMs({ connection, connectedAt: CONNECTED_AT }, now)
const many = Array.from({ length: 2_000 }, (_, n) => age(`connection-${n}=`))

describe('when the next connection is opened', () => {
  it('[R46] is within the last ten minutes of the two hours, with a minute left to make it', () => {
    for (const ms of many) {
      expect(ms).toBeGreaterThanOrEqual(110 * MINUTE_MS)
      expect(ms).toBeLessThan(119 * MINUTE_MS)
      expect(ms % 1).toBe(0)
    }
  })

  it('[R46] is spread over these minutes', () => {
    const perMinute = new Map<number, number>()
    for (const ms of many) {
      const minute = Math.floor(ms / MINUTE_MS)
      perMinute.set(minute, (perMinute.get(minute) ?? 0) + 1)
    }
    expect(perMinute.size).toBe(9)
    expect(Math.min(...perMinute.values())).toBeGreaterThan(150)
  })

  it('[R46] is in each welcome, also of who was made an owner and of a device that nobody has claimed', async () => {
    const home = createHome()
    await home.furnish()
    await home.viewerHello(home.member)
    home.state.time += 60_000
    const { id: person } = home.member.principal
    await home.ask(home.owner, { op: 'set-owner', person, owner: true })
    const told = home.posted.takeFor('member').filter(({ type }) => type === 'welcome')
    const at = 5_000 + rollOverMs({ connection: 'member', connectedAt: 0 }, 0)
    expect(told).toMatchObject([{ rollOverMs: at - 10_000 }, { rollOverMs: at - 70_000 }])
    const unclaimed = sender({ kind: 'device', id: OTHER_DEVICE.replaceAll('e', 'f') } as const, 'unclaimed')
    await home.deviceHello(unclaimed, ['porch'])
    const [welcome] = home.posted.takeFor('unclaimed')
    expect(welcome).toMatchObject({ paired: false })
    expect(welcome).toHaveProperty('rollOverMs', rollOverMs(unclaimed, home.state.time))
  })

  it('[R46] is the same moment whenever one asks, and now once that is over', () => {
    const at = age('one')
    expect(age('one', CONNECTED_AT + 30 * MINUTE_MS)).toBe(at)
    expect(age('one', CONNECTED_AT + at - 1)).toBe(at)
    const late = CONNECTED_AT + at + 5
    expect(rollOverMs({ connection: 'one', connectedAt: CONNECTED_AT }, late)).toBe(0)
  })
})
