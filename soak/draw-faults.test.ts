import { describe, expect, it } from 'vitest'
import { drawFaults } from './draw-faults.ts'
import { kindOf } from './faults.ts'

const draw = (seed: number) => drawFaults({ seed, faults: 1_000, settledAfter: 200 })

describe('the faults of a run', () => {
  it('are as many as asked for, in bursts of one to five', () => {
    const bursts = draw(1)
    expect(bursts.flat()).toHaveLength(1_000)
    for (const burst of bursts) expect(burst.length).toBeGreaterThan(0)
    for (const burst of bursts) expect(burst.length).toBeLessThanOrEqual(5)
  })

  it('are the same for the same seed, and others for another', () => {
    expect(draw(7)).toEqual(draw(7))
    expect(draw(7)).not.toEqual(draw(8))
  })

  it('lie in wait before anything lasts, and before what is to happen to them', () => {
    for (const burst of draw(2)) {
      const places = burst.map((fault) => (fault.on !== 'service' ? 2 : 'forMs' in fault.fault ? 1 : 0))
      expect(places).toEqual(places.toSorted())
    }
  })

  it('are of every kind there is', () => {
    const kinds = new Set([1, 2, 3].flatMap((seed) => draw(seed).flat().map(kindOf)))
    for (const kind of [
      'delay',
      'reorder',
      'drop offer to-client',
      'drop hangup to-cloud',
      'close device abort',
      'close viewer silent',
      'outage any',
      'disconnect-event never',
      'post void',
      'database throttled',
      'function dies-before-post',
      'clock',
      'cloud kill',
      'connector kill',
      'connector stop',
      'connector freeze',
      'connector clone',
      'connector roll-over',
      'connector away',
      'camera kill',
      'camera freeze',
      'camera away',
      'viewer away',
      'viewer no-network',
      'viewer hang-up',
      'viewer reload',
      'viewer reload-rough',
      'viewer new-address',
      'viewer vanish',
      'drop hello to-cloud',
      'drop error to-client',
      'function slow',
      'viewer ghost',
      'viewer roll-over',
      'knocker',
    ])
      expect(kinds).toContain(kind)
  })

  it('end neither the cloud nor the second connector where their heap is measured', () => {
    const [restless, settled] = [draw(3).flat().slice(0, 200), draw(3).flat().slice(200)]
    const ends = (fault: (typeof settled)[number]) =>
      fault.on === 'cloud' || (fault.on === 'connector' && fault.connector === 1 && fault.how !== 'roll-over')
    expect(restless.some(ends)).toBe(true)
    expect(settled.some(ends)).toBe(false)
  })
})

it('the short run of the tests draws failures of every service', () => {
  const kinds = drawFaults({ seed: 7_876, faults: 20, settledAfter: 20 }).flat().map(kindOf)
  for (const service of ['database', 'function', 'post', 'drop', 'outage', 'delay']) {
    expect(
      kinds.some((kind) => kind.startsWith(service)),
      service,
    ).toBe(true)
  }
})
